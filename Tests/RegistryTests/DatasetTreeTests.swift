import Records
import Testing

@testable import Registry

@Suite("The tree of a data set")
struct DatasetTreeTests {
  /// A data set with a record for each of these subjects.
  private static func manifest(_ subjects: [Int], name: String = "voices") -> Manifest {
    Manifest(
      dataset: name, source: DataSource(format: "ts"), inputShape: [1, 2, 3],
      labelNames: ["a", "b"],
      records: subjects.enumerated().map { place, subject in
        ManifestRecord(
          id: "train-\(place)", content: .of("content \(place)"), label: place % 2,
          subjects: ["pid": "\(subject)"], split: .training)
      })
  }

  private static func tree(_ subjects: [Int]) throws -> DatasetTree {
    try #require(DatasetTree(try DatasetTree.opening(of: manifest(subjects))))
  }

  @Test("the same records salted twice are two trees, with the same salts one")
  func salts() throws {
    let manifest = Self.manifest([1, 1, 2])
    let one = try DatasetTree.opening(of: manifest)
    let other = try DatasetTree.opening(of: manifest)
    #expect(Set(one.salts + other.salts).count == 6)
    #expect(one.subjectSalt != other.subjectSalt)
    #expect(try #require(DatasetTree(one)).root != #require(DatasetTree(other)).root)
    #expect(try #require(DatasetTree(one)).root == #require(DatasetTree(one)).root)
  }

  @Test("more records are salted than the system's random source salts at a time")
  func manySalts() throws {
    let opening = try DatasetTree.opening(of: Self.manifest(Array(0..<70_000)))
    #expect(Set(opening.salts).count == 70_000)
  }

  @Test("salts that are not sixteen bytes a record make no tree")
  func badSalts() throws {
    let manifest = Self.manifest([1, 2])
    let good = try DatasetTree.opening(of: manifest)
    for salts in [
      [], Array(good.salts.dropLast()), good.salts + ["00"], ["00", "11"], ["x", "y"],
    ] {
      let opening = DatasetOpening(
        manifest: manifest, salts: salts, subjectSalt: good.subjectSalt)
      #expect(DatasetTree(opening) == nil)
    }
    #expect(
      DatasetTree(DatasetOpening(manifest: manifest, salts: good.salts, subjectSalt: "x")) == nil)
  }

  @Test("any change of a record, of its subjects or of the head is another root")
  func changes() throws {
    let manifest = Self.manifest([1, 2])
    let good = try DatasetTree.opening(of: manifest)
    let root = try #require(DatasetTree(good)).root
    for other in [
      Self.manifest([1, 3]), Self.manifest([2, 1]), Self.manifest([1, 2], name: "faces"),
    ] {
      let opening = DatasetOpening(
        manifest: other, salts: good.salts, subjectSalt: good.subjectSalt)
      #expect(try #require(DatasetTree(opening)).root != root)
    }
  }

  @Test("who is in it is shown by one path, who is not by two neighbours", arguments: 0...9)
  func proofs(count: Int) throws {
    let tree = try Self.tree((0..<count).flatMap { [$0, $0] })
    for subject in 0..<20 {
      let proof = try tree.proof(of: "pid=\(subject)")
      #expect(proof.isPresent == (subject < count))
      #expect(proof.holds(under: tree.root))
      #expect(proof.rows.count <= (proof.isPresent ? 1 : 2))
      #expect(!proof.holds(under: .of("another root")))
    }
  }

  @Test("a proof does not hold for the opposite, for others, or with a row left out or moved")
  func forged() throws {
    let tree = try Self.tree(Array(0..<9))
    let present = try tree.proof(of: "pid=3")
    let absent = try #require(
      try (20..<99).lazy.map { try tree.proof(of: "pid=\($0)") }.first { $0.rows.count == 2 })
    func altered(
      _ proof: SubjectProof, code: Digest? = nil, isPresent: Bool? = nil, rowCount: Int? = nil,
      rows: [SubjectProof.Row]? = nil
    ) -> SubjectProof {
      SubjectProof(
        code: code ?? proof.code, isPresent: isPresent ?? proof.isPresent,
        rowCount: rowCount ?? proof.rowCount, rows: rows ?? proof.rows, beside: proof.beside)
    }
    for proof in [
      altered(present, isPresent: false), altered(absent, isPresent: true),
      altered(present, code: absent.code), altered(absent, code: present.code),
      altered(present, isPresent: false, rowCount: 0), altered(present, rows: []),
      altered(absent, rowCount: 0), altered(absent, rows: []),
      altered(absent, rows: Array(absent.rows.reversed())),
      altered(absent, rows: Array(absent.rows.prefix(1))),
      altered(absent, rows: Array(absent.rows.suffix(1))),
    ] {
      #expect(!proof.holds(under: tree.root))
    }
  }

  @Test("a subject is not told by its code without the salt")
  func codes() throws {
    let (one, other) = (try Self.tree([1]), try Self.tree([1]))
    #expect(try one.proof(of: "pid=1").code != other.proof(of: "pid=1").code)
  }
}
