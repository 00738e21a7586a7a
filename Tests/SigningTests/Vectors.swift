import Foundation
import Records

/// Public test vectors that lie beside the project; tests that need them are skipped without.
enum Vectors {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/vectors").path

  static let arePresent = FileManager.default.fileExists(atPath: root)

  static func bytes(_ name: String) throws -> [UInt8] { try readBytes(root + "/" + name) }

  static func json(_ name: String) throws -> JSONValue { try JSONParser.parse(try bytes(name)) }

  /// Every JSON file below a folder, by its path from the root of the vectors.
  static func files(_ folder: String) -> [String] {
    let found =
      FileManager.default.enumerator(atPath: root + "/" + folder)?
      .compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }
}
