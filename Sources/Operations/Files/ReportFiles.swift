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

  /// Writes a file whole, unless it is there with the same bytes; a personal one for its keeper's
  /// eyes alone.
  ///
  /// - Throws: `Failure` naming the file.
  static func write(_ bytes: [UInt8], to path: String, isPersonal: Bool = false) throws {
    let isOpen = WholeFile.mode(of: path).map { $0 & 0o077 != 0 } ?? false
    let present = try? Workplace.read(path, limit: bytes.count)
    if present == bytes, !(isPersonal && isOpen) { return }
    // A folder is named by the request's id, which people chose.
    try? FileManager.default.createDirectory(
      atPath: Workplace.folder(of: path), withIntermediateDirectories: true,
      attributes: isPersonal ? [.posixPermissions: 0o700] : nil)
    guard WholeFile.replace(path, with: bytes, mode: isPersonal ? 0o600 : 0o666) else {
      throw Failure("cannot write '\(path)'", hint: "see that the folder can be written to")
    }
  }
}
