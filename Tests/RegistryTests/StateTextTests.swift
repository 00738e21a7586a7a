import Records
import Signing
import Testing

@testable import Registry

@Suite("The text of a state")
struct StateTextTests {
  private static func log() throws -> FoldedLog {
    let (registry, first) = try TemporaryRegistry.begun()
    let forger = Forger(registry: registry)
    try forger.append(
      try forger.signed(try forger.event(ModelAdded(model: "void")), as: [.engine]))
    try registry.commit(
      Made.version("second", number: 2, parent: first, run: "run"),
      Found.evidence(.warn, in: .of("second")),
      Issued.certificate(.warn, of: .of("second"), weights: .of("weights of second")),
      ReportMade(certificate: .of("certificate of run"), papers: ["report.md": .of("paper")]),
      DatasetAdded(dataset: "voices", root: .of("root"), recordCount: 3, opening: .of("opening")),
      ClockCorrected(opening: .of("why")), DerivedErased(file: .of("features")))
    return try registry.open().log
  }

  @Test("a text is read back as the state, the tree and the path it is of")
  func readBack() throws {
    let log = try Self.log()
    let read = try #require(RegistryState.read(log.keptText))
    #expect(read.state == log.state)
    #expect(read.tree == log.tree)
    #expect(read.first == log.first)
    #expect(read.state.text(tree: read.tree, first: read.first) == log.keptText)
  }

  @Test("a text with a flipped bit is read as something else or not at all")
  func flipped() throws {
    let log = try Self.log()
    let text = log.keptText
    var same = 0
    for (place, byte) in text.enumerated() {
      var other = text
      other[place] = byte ^ (1 << (place % 8))
      if RegistryState.read(other)?.state == log.state { same += 1 }
    }
    // The tree's hashes and line ends are no part of the state itself.
    #expect(same < text.count)
  }

  @Test("a text that is cut anywhere is read without harm")
  func cut() throws {
    let text = try Self.log().keptText
    for count in stride(from: 0, to: text.count, by: 5) {
      _ = RegistryState.read(Array(text.prefix(count)))
    }
    #expect(RegistryState.read([]) == nil)
  }

  @Test("numbers that are none, negative or too great are refused", arguments: ["-1", "x", "1e3"])
  func numbers(text: String) throws {
    let log = try Self.log()
    let line = "\(log.state.size) \(log.state.time)"
    let kept = String(decoding: log.keptText, as: UTF8.self)
    #expect(kept.contains(line))
    let forged = kept.replacing(line, with: "\(text) \(log.state.time)")
    #expect(RegistryState.read(Array(forged.utf8)) == nil)
  }

  @Test("a field of no bytes is refused: written again it would be the sign for nothing")
  func emptyFields() throws {
    let kept = String(decoding: try Self.log().keptText, as: UTF8.self)
    for line in ["head  1", "model ", "run  "] {
      #expect(RegistryState.read(Array("\(kept)\(line)\n".utf8)) == nil, "\(line)")
    }
  }

  @Test("runs that name the same event are written in one order")
  func runsOfOneEvent() throws {
    let run = { (name: String) in
      "run \(Digest.of(name).hex) 0 0 \(Digest.of("policy").hex) 0-1 7 2026-11-22T10:00:00Z - - -\n"
    }
    let kept = String(decoding: try Self.log().keptText, as: UTF8.self)
    var texts: Set<[UInt8]> = []
    for names in [["a", "b", "c", "d"], ["d", "b", "a", "c"], ["c", "a", "d", "b"]] {
      let read = try #require(RegistryState.read(Array((kept + names.map(run).joined()).utf8)))
      texts.insert(read.state.text(tree: read.tree, first: read.first))
    }
    #expect(texts.count == 1)
  }

  @Test("the path of the first leaf is its inclusion proof, for every size")
  func firstLeafPath() throws {
    var path = FirstLeafPath()
    var leaves: [Digest] = []
    for size in 1...300 {
      let leaf = MerkleTree.leafHash(Array("leaf \(size)".utf8))
      path.append(leaf)
      leaves.append(leaf)
      #expect(path.count == size)
      #expect(try path.proof == MerkleTree.inclusionProof(of: 0, in: leaves))
    }
  }
}
