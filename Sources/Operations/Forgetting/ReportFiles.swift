import FoundationEssentials
import Records
import Signing

/// The files of a report.
enum ReportFiles {
  static let markdown = "report.md"
  static let page = "report.html"
  static let certificate = "certificate.intoto.jsonl"
  static let key = "signing-key.pub.pem"
  static let all = [markdown, page, certificate, key]

  /// The digest of a file; nil when it is not there.
  static func digest(of path: String) -> Digest? { try? SHA256.digest(ofFile: path) }

  /// Whether anything lies at the path, links not followed.
  static func exists(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)) != nil
  }

  /// Writes a file whole, unless it is there with the same bytes.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let data = Data(bytes)
    if FileManager.default.contents(atPath: path) == data { return }
    do {
      try FileManager.default.createDirectory(
        atPath: Workplace.folder(of: path), withIntermediateDirectories: true)
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure("cannot write '\(path)'", hint: "see that the folder can be written to")
    }
  }
}
