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
    do throws(SystemRefusal) {
      try OutputPath.makeFolder(Workplace.folder(of: path))
      try WholeFile.replace(path, with: bytes, mode: 0o666)
    } catch {
      throw Failure("write", path, error)
    }
  }
}
