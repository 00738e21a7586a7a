import Foundation
import Records
import Signing
import Testing

/// The vectors in the folder beside; where each comes from stands in its README.
enum Vectors {
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try readBytes(folder.appendingPathComponent("Vectors/\(name)").path)
  }

  static func lines(_ name: String) throws -> [String] {
    String(decoding: try bytes(name), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The key of the log that the vectors are of.
  static func key() throws -> PublicKey {
    let vkey = try #require(try lines("vkey").first)
    let parts = vkey.split(separator: "+", maxSplits: 2)
    let raw = try Base64.decode(String(parts[2])).dropFirst()
    let prefix = try #require(Hexadecimal.decode("302a300506032b6570032100"))
    return try PublicKey(der: prefix + raw)
  }

  static let origin = "imu-registry.example/audit"
}
