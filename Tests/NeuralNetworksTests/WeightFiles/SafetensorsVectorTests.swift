import NeuralNetworks
import Records
import Testing

/// The 55 files with the verdicts of safetensors 0.8.0; skipped where they are absent.
@Suite("Safetensors against the library's verdicts")
struct SafetensorsVectorTests {
  private static let folder = "vectors/safetensors"

  /// What the library accepts and this reader refuses, because two readers could differ on it.
  private static let stricter: Set = [
    "ok_ws_leading_PARSER_ACCEPTS_SPEC_SAYS_MUST_START_WITH_BRACE", "ok_ws_trailing",
    "dup_tensor_key_same", "dup_metadata_inner_key", "extra_field", "empty_name",
  ]

  @Test(
    "each verdict is the library's, or stricter where that is meant",
    .enabled(if: SharedFiles.path("\(folder)/expected.json") != nil))
  func verdicts() throws {
    let expected = try JSONParser.parse(try SharedFiles.bytes("\(Self.folder)/expected.json"))
    let cases = (expected.object ?? []).filter { $0.name != "library" }
    #expect(cases.count == 55)
    for vector in cases {
      let isAccepted = vector.value.string?.hasPrefix("ACCEPT") == true
      let bytes = try SharedFiles.bytes("\(Self.folder)/\(vector.name).safetensors")
      let isRead = (try? Safetensors.read(bytes)) != nil
      #expect(isRead == (isAccepted && !Self.stricter.contains(vector.name)), "\(vector.name)")
    }
  }
}
