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
    let read = try #require(StateReading.read(log.keptText))
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
      if StateReading.read(other)?.state == log.state { same += 1 }
    }
    // The tree's hashes and line ends are no part of the state itself.
    #expect(same < text.count)
  }

  @Test("a text that is cut anywhere is read without harm")
  func cut() throws {
    let text = try Self.log().keptText
    for count in stride(from: 0, to: text.count, by: 5) {
      _ = StateReading.read(Array(text.prefix(count)))
    }
    #expect(StateReading.read([]) == nil)
  }

  @Test("numbers that are none, negative or too great are refused", arguments: ["-1", "x", "1e3"])
  func numbers(text: String) throws {
    let log = try Self.log()
    let line = "\(log.state.size) \(log.state.time)"
    let kept = String(decoding: log.keptText, as: UTF8.self)
    #expect(kept.contains(line))
    let forged = kept.replacing(line, with: "\(text) \(log.state.time)")
    #expect(StateReading.read(Array(forged.utf8)) == nil)
  }

  @Test("a field of no bytes is refused: written again it would be the sign for nothing")
  func emptyFields() throws {
    let kept = String(decoding: try Self.log().keptText, as: UTF8.self)
    for line in ["head  1", "model ", "run  "] {
      #expect(StateReading.read(Array("\(kept)\(line)\n".utf8)) == nil, "\(line)")
    }
  }

  @Test("lines of a kind stand together, and those of entities sorted, each once")
  func sections() throws {
    let kept = String(decoding: try Self.log().keptText, as: UTF8.self)
    let lines = kept.split(separator: "\n").map(String.init)
    for word in ["version", "case", "certificate", "run", "head"] {
      let line = try #require(lines.last { $0.hasPrefix("\(word) ") })
      #expect(StateReading.read(Array("\(kept)model x\n\(line)\n".utf8)) == nil, "\(word)")
    }
    let heads = lines.filter { $0.hasPrefix("head ") }
    let others = lines.filter { !$0.hasPrefix("head ") }
    let read = { (heads: [String]) in
      StateReading.read(Array((others + heads).map { $0 + "\n" }.joined().utf8))
    }
    #expect(read(heads) != nil)
    #expect(read(heads.reversed()) == nil)
    #expect(read(heads + [heads[heads.count - 1]]) == nil)
  }

  @Test("a text that names versions, cases or runs that are not there is refused")
  func ordinals() throws {
    let kept = String(decoding: try Self.log().keptText, as: UTF8.self)
    for (word, field) in [
      ("version", 9), ("version", 2), ("certificate", 1), ("certificate", 2), ("run", 2),
      ("run", 3),
      ("run", 8), ("alias", 3), ("alias", 4),
    ] {
      var lines = kept.split(separator: "\n").map(String.init)
      let place = try #require(lines.lastIndex { $0.hasPrefix("\(word) ") })
      var fields = lines[place].split(separator: " ")
      fields[field] = "999"
      lines[place] = fields.joined(separator: " ")
      let text = lines.map { $0 + "\n" }.joined()
      #expect(text != kept)
      #expect(StateReading.read(Array(text.utf8)) == nil, "\(word), field \(field)")
    }
  }

  @Test("a part that holds people of no case harms nothing")
  func heldOfNoCase() throws {
    let log = try Self.log()
    let kept = String(decoding: log.keptText, as: UTF8.self)
    let forged = kept.replacing(#/(classifier [a-z]+ 1 [0-9]+) [-0-9,]+/#) {
      "\($0.output.1) 0-999"
    }
    #expect(forged != kept)
    let state = try #require(StateReading.read(Array(forged.utf8))).state
    #expect(state.undone(from: nil, to: 0).upperBound <= state.cases.count)
    #expect(state.requestStates().count == state.cases.count)
    #expect(state.exposuresOfAll(to: 0).count == state.versions.count)
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
