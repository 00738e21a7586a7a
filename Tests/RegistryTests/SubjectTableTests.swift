import Records
import Signing
import Testing

@testable import Registry

@Suite("The table in which subjects are looked up")
struct SubjectTableTests {
  private static let salt = [UInt8](repeating: 7, count: 32)

  /// Records about these people, of two keys; every third is a test record.
  private static func manifest(_ people: [Int]) -> Manifest {
    Manifest(
      dataset: "voices", source: DataSource(format: "ts"), inputShape: [1, 2, 3],
      labelNames: ["a", "b"],
      records: people.enumerated().map { place, person in
        ManifestRecord(
          id: "r-\(place)", content: .of("content \(place)"), label: place % 2,
          subjects: ["pid": "\(person)", "ward": person % 2 == 0 ? "even" : "odd"],
          split: place % 3 == 2 ? .test : .training)
      })
  }

  private static func added(
    _ manifest: Manifest
  ) throws -> (registry: TemporaryRegistry, root: Digest) {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let added = try store.seal(manifest)
    try store.commit(at: registry.clock.now()) { try $0.add(added) }
    return (registry, added.root)
  }

  @Test("a row has a subject's records, training and test apart")
  func rows() throws {
    let table = SubjectTable(of: Self.manifest([1, 2, 1, 1]), salt: Self.salt)
    let row = try #require(table.row(of: SubjectTable.code(of: "pid=1", Self.salt)))
    #expect(row.training == RecordSelection([0, 3]))
    #expect(row.test == RecordSelection([2]))
    #expect(table.row(of: SubjectTable.code(of: "pid=3", Self.salt)) == nil)
    #expect(table.rows.count == 4)
  }

  @Test("its text is read back, and a text that is none is not")
  func text() {
    let table = SubjectTable(of: Self.manifest([1, 2, 3, 3, 4]), salt: Self.salt)
    #expect(SubjectTable(text: table.text) == table)
    #expect(SubjectTable(text: "") == SubjectTable(of: Self.manifest([]), salt: Self.salt))
    for text in [
      "x", "\(table.text)x", table.text + table.text, String(table.text.dropFirst()),
      "\(Digest.of("a").hex) 1;", "\(Digest.of("a").hex) 2-1 ;",
    ] {
      #expect(SubjectTable(text: text) == nil, "\(text)")
    }
  }

  @Test("ten thousand subjects lie on shelves by their codes, and each is found")
  func shelves() throws {
    let (registry, root) = try Self.added(Self.manifest(Array(0..<10_000)))
    let store = try registry.open()
    let head = try store.head(of: #require(store.state.dataset(root)))
    #expect(head.records.count == 3)
    // With twenty thousand subjects and wards of them.
    #expect(head.subjects.count == 4)
    for person in [0, 1, 4_999, 9_999] {
      let found = try store.records(about: Selector("pid=\(person)"), in: .training, of: root)
      #expect(found == RecordSelection(person % 3 == 2 ? [] : [person]))
    }
    #expect(store.manifests.isEmpty)
    #expect(try registry.failures().isEmpty)
  }

  @Test(
    "a selector of subjects finds by the table what it finds in the manifest",
    arguments: [
      "pid=1", "pid=1+3", "pid=9", "pid=1+9", "ward=odd", "ward=odd,pid=1", "ward=even,pid=1",
      "nobody=1", "ward=odd,nobody=1", "pid=1|ward=even", "pid=2|pid=3,ward=odd",
    ])
  func sameAsManifest(text: String) throws {
    let manifest = Self.manifest([1, 2, 1, 3, 3, 2, 5])
    let (registry, root) = try Self.added(manifest)
    let selector = try Selector(canonicalText: text)
    for split in Split.allCases {
      let found = try registry.open().records(about: selector, in: split, of: root)
      let expected = manifest.records.indices.filter { place in
        let record = manifest.records[place]
        return record.split == split
          && selector.alternatives.contains { terms in
            terms.allSatisfy { record.subjects[$0.key].map($0.values.contains) ?? false }
          }
      }
      #expect(found == RecordSelection(expected))
    }
  }

  @Test("a subject is found in whatever normal form it was written", arguments: ["é", "e\u{301}"])
  func normalForms(name: String) throws {
    let manifest = Manifest(
      dataset: "voices", source: DataSource(format: "ts"), inputShape: [1, 2, 3],
      labelNames: ["a"],
      records: ["\u{E9}", "e\u{301}", "e"].enumerated().map { place, person in
        ManifestRecord(
          id: "r-\(place)", content: .of("\(place)"), label: 0, subjects: ["pid": person],
          split: .training)
      })
    let (registry, root) = try Self.added(manifest)
    let found = try registry.open().records(about: Selector("pid=\(name)"), in: .training, of: root)
    #expect(found == RecordSelection([0, 1]))
  }

  @Test(
    "classes and record ids are the manifest's",
    arguments: ["class=1", "record=r-0", "pid=1,class=1"])
  func notOfSubjects(text: String) throws {
    let (registry, root) = try Self.added(Self.manifest([1, 2]))
    let found = try registry.open().records(about: Selector(text), in: .training, of: root)
    #expect(found == nil)
  }

  @Test("a table that is away is an error and not an empty answer")
  func missing() throws {
    let (registry, root) = try Self.added(Self.manifest([1, 2]))
    let dataset = try #require(registry.open().state.dataset(root))
    let head = try registry.open().head(of: dataset)
    try registry.remove(SealedScope.dataset("voices").file(head.subjects[0]))
    #expect(throws: RegistryError.self) {
      try registry.open().records(about: Selector("pid=1"), in: .training, of: root)
    }
    #expect(try registry.failures().count == 1)
  }

  @Test("an audit names a table that leaves a subject out, and a manifest of another root")
  func liars() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let honest = try store.seal(Self.manifest([1, 2]))
    let other = try store.seal(Self.manifest([1, 3]))
    let scope = SealedScope.dataset("voices")
    let (its, others) = (
      try store.sealed.open(DatasetHead.self, honest.opening, in: scope),
      try store.sealed.open(DatasetHead.self, other.opening, in: scope)
    )
    let mixed = DatasetHead(
      of: its.opening(with: []), records: its.records, subjects: others.subjects)
    let lie = DatasetAdded(
      dataset: "voices", root: honest.root, recordCount: 2,
      opening: try store.sealed.seal(mixed, in: scope))
    try store.commit(at: registry.clock.now()) { try $0.add(lie) }
    let table = try registry.failures()
    #expect(table.contains { $0.contains("its subjects are not those of the data set 'voices'") })

    let second = try TemporaryRegistry()
    let holder = try second.open()
    let (one, two) = (
      try holder.seal(Self.manifest([1, 2])), try holder.seal(Self.manifest([1, 3]))
    )
    try holder.commit(at: second.clock.now()) {
      try $0.add(
        DatasetAdded(dataset: "voices", root: one.root, recordCount: 2, opening: two.opening))
    }
    #expect(
      try second.failures().contains { $0.contains("it is not of the data set 'voices'") })
  }
}
