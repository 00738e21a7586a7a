import Testing

@testable import Records

@Suite struct SpellingTests {
  @Test(
    "the distance counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "abc", 3), ("list", "list", 0), ("lst", "list", 1),
      ("lists", "list", 1), ("lost", "list", 1), ("ilst", "list", 1), ("kitten", "sitting", 3),
      ("ca", "abc", 3),
    ])
  func distance(a: String, b: String, edits: Int) {
    #expect(Spelling.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == edits)
    #expect(Spelling.distance(Array(b.unicodeScalars), Array(a.unicodeScalars)) == edits)
  }

  @Test("what is near is proposed, what is far is not")
  func nearest() {
    let names = ["production", "staging", "v3"]
    #expect(Spelling.nearest(to: "prodution", among: names) == "production")
    #expect(Spelling.nearest(to: "prod", among: names) == "production")
    #expect(Spelling.nearest(to: "STAGING", among: names) == "staging")
    #expect(Spelling.nearest(to: "v4", among: names) == "v3")
    #expect(Spelling.nearest(to: "canary", among: names) == nil)
    #expect(Spelling.nearest(to: "", among: names) == nil)
    #expect(Spelling.nearest(to: "x", among: []) == nil)
    #expect(
      Spelling.nearest(to: String(repeating: "p", count: 1_000_000), among: names) == nil)
  }
}
