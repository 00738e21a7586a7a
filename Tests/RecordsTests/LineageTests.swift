import Records
import Testing

@Suite("A lineage")
struct LineageTests {
  @Test("counts that no data set has are refused, as they are added up", arguments: [-1, Int.max])
  func counts(count: Int) {
    let digest = "sha256:" + String(repeating: "0", count: 64)
    let text =
      #"{"dataset":"a","opening":"\#(digest)","recordCount":\#(count),"root":"\#(digest)"}"#
    #expect(throws: CanonicalTextError.self) {
      try CanonicalText.decode(TrainingSet.self, from: Array(text.utf8), what: "x")
    }
  }
}
