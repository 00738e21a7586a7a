import Records
import Signing
import Testing

@testable import Registry

@Suite("Lists of a kept state")
struct StateListTests {
  /// The text that is kept of a state whose tree does not matter.
  private static func text(_ state: RegistryState) -> [UInt8] {
    var (tree, first) = (MerkleAccumulator(), FirstLeafPath())
    for index in 0..<state.size {
      tree.append(.of("\(index)"))
      first.append(.of("\(index)"))
    }
    return state.text(tree: tree, first: first)
  }

  @Test("a state kept anywhere on the way and read back comes to the same, and to the same text")
  func readOn() throws {
    var story = try Story.ofAFamily()
    try story.serves(0)
    try story.serves(2)
    let whole = story.state
    var before = story.beginning
    for (index, event) in story.events.enumerated() {
      var read = try #require(StateReading.read(Self.text(before))).state
      #expect(read == before, "\(index)")
      for later in story.events[index...] { try read.fold(later, on: nil) }
      #expect(read == whole, "\(index)")
      #expect(Self.text(read) == Self.text(whole), "\(index)")
      try before.fold(event, on: nil)
    }
    #expect(before == whole)
  }

  @Test("what is looked up is found among the kept and the new")
  func lookUps() throws {
    let story = try Story.ofAFamily()
    let state = try #require(StateReading.read(Self.text(story.state))).state
    for (ordinal, version) in story.state.versions.enumerated() {
      #expect(state.ordinal(of: version.digest) == ordinal)
      #expect(state.version(ofWeights: version.weights) == ordinal)
      #expect(state.certificates(of: ordinal) == story.state.certificates(of: ordinal))
      #expect(state.versions(of: version.model).contains(ordinal))
    }
    for (ordinal, found) in story.state.cases.enumerated() {
      #expect(state.ordinal(of: found.number) == ordinal)
      #expect(state.decision(ofCase: ordinal) == found.decision)
      #expect(state.certificates(for: ordinal) == story.state.certificates(for: ordinal))
    }
    for run in story.state.runs { #expect(state.run(run.run) == run) }
    for certificate in story.state.certificates {
      #expect(state.certificate(certificate.envelope) == certificate)
    }
    #expect(state.withheld == story.state.withheld)
    #expect(state.run(.of("none")) == nil && state.certificate(.of("none")) == nil)
  }

  @Test("the last event about each entity is found by name, and written sorted")
  func heads() throws {
    let text = Array("head a 1\nhead b/1 2\nhead b/2 3\nhead c 4\n".utf8)
    var heads = try #require(EntityHeads(KeptLines(EntityHeads.word, in: text, from: 0)))
    #expect(heads["a"] == 1 && heads["b/2"] == 3 && heads["c"] == 4)
    #expect(heads["b"] == nil && heads["d"] == nil && heads[""] == nil)
    heads["b/1"] = 7
    heads["0"] = 8
    heads["d"] = 9
    #expect(heads["b/1"] == 7 && heads["0"] == 8)
    #expect(heads.entities(beginning: "b/") == ["b/1", "b/2"])
    var lines = StateLines()
    heads.write(to: &lines)
    #expect(
      String(decoding: lines.bytes, as: UTF8.self)
        == "head 0 8\nhead a 1\nhead b/1 7\nhead b/2 3\nhead c 4\nhead d 9\n")
  }
}
