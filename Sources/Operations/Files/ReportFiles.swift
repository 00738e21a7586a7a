import FoundationEssentials
import Records

/// The files of a report.
enum ReportFiles {
  static let markdown = "report.md"
  static let page = "report.html"
  /// The papers, which name the person and are sealed in the registry.
  static let papers = [markdown, page]

  /// Whether anything lies at the path, links not followed.
  static func exists(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)) != nil
  }

  /// Writes a file where the user said, whole, unless it is there with the same bytes.
  ///
  /// - Throws: `Failure` naming the file.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if (try? Workplace.read(path, limit: bytes.count)) == bytes { return }
    try? FileManager.default.createDirectory(
      atPath: Workplace.folder(of: path), withIntermediateDirectories: true)
    guard WholeFile.replace(path, with: bytes, mode: 0o666) else {
      throw Failure("cannot write '\(path)'", hint: "see that the folder can be written to")
    }
  }
}
