import FoundationEssentials
import NeuralNetworks
import Records
import Testing

/// The 55 files with the verdicts of safetensors 0.8.0; skipped where they are absent.
@Suite("Safetensors against the library's verdicts")
struct SafetensorsVectorTests {
  private static let folder: String? = {
    var path = #filePath.split(separator: "/")
    while !path.isEmpty {
      path.removeLast()
      let folder = "/" + path.joined(separator: "/") + "/shared/vectors/safetensors"
      if FileManager.default.fileExists(atPath: folder + "/expected.json") { return folder }
    }
    return nil
  }()

  /// What the library accepts and this reader refuses, because two readers could differ on it.
  private static let stricter: Set = [
    "ok_ws_leading_PARSER_ACCEPTS_SPEC_SAYS_MUST_START_WITH_BRACE", "ok_ws_trailing",
    "dup_tensor_key_same", "dup_metadata_inner_key", "extra_field", "empty_name",
  ]

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(folder ?? "")/\(name)")))
  }

  @Test(
    "each verdict is the library's, or stricter where that is meant", .enabled(if: folder != nil))
  func verdicts() throws {
    let expected = try JSONParser.parse(try Self.bytes("expected.json"))
    let cases = (expected.object ?? []).filter { $0.name != "library" }
    #expect(cases.count == 55)
    for vector in cases {
      let isAccepted = vector.value.string?.hasPrefix("ACCEPT") == true
      let bytes = try Self.bytes("\(vector.name).safetensors")
      let isRead = (try? Safetensors.read(bytes)) != nil
      #expect(isRead == (isAccepted && !Self.stricter.contains(vector.name)), "\(vector.name)")
    }
  }
}
