import FoundationEssentials
import Records

/// The pictures of a folder whose sub-folders are the classes, in an order of their own.
struct FolderListing: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let path: String
    let label: Int
    /// The path from the folder on, such as `cat/001.png`.
    let name: String
  }

  /// Names of the sub-folders, sorted by their bytes.
  let classes: [String]
  let entries: [Entry]

  /// Lists a folder; hidden files are passed over.
  ///
  /// - Throws: `DatasetError.unreadable` for a folder without class folders, or something in a class
  ///   folder that is no picture by its name.
  init(_ folder: String) throws(DatasetError) {
    let classes = try Self.names(in: folder).filter { Self.isFolder("\(folder)/\($0)") }
    guard !classes.isEmpty else {
      throw .unreadable(file: folder, reason: "it has no folder for any class")
    }
    var entries: [Entry] = []
    for (label, name) in classes.enumerated() {
      for file in try Self.names(in: "\(folder)/\(name)") {
        let path = "\(folder)/\(name)/\(file)"
        guard Self.isPicture(file) else {
          throw .unreadable(
            file: path, reason: "a class folder has .png, .jpg and .jpeg files only")
        }
        guard entries.count < ImageLimits.recordCount else {
          throw .unreadable(
            file: folder, reason: "it has more than \(ImageLimits.recordCount) pictures")
        }
        entries.append(Entry(path: path, label: label, name: "\(name)/\(file)"))
      }
    }
    self.classes = classes
    self.entries = entries
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func isPicture(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".png", ".jpg", ".jpeg"].contains { name.hasSuffix($0) }
  }

  private static func names(in folder: String) throws(DatasetError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(file: folder, reason: "no such folder, or no permission to read it")
    }
    return names.filter { !$0.hasPrefix(".") }
      .sorted(by: ByteOrder.precedes)
  }
}
