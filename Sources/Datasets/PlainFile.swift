import FoundationEssentials

/// Reads a file that a person named.
package enum PlainFile {
  /// The bytes of a regular file.
  ///
  /// - Throws: `DatasetError.unreadable` when it is missing, no regular file, or too large.
  package static func read(_ path: String, sizeLimit: Int) throws(DatasetError) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DatasetError.unreadable(file: path, reason: "it is no regular file")
      }
      // A `UInt` where the whole of Foundation is not loaded, a number that bridges where it is.
      guard
        let size = (attributes[.size] as? UInt).map(UInt64.init) ?? attributes[.size] as? UInt64
          ?? (attributes[.size] as? Int).map(UInt64.init), size <= UInt64(sizeLimit)
      else {
        throw DatasetError.unreadable(file: path, reason: "longer than \(sizeLimit) bytes")
      }
      return Array(try Data(contentsOf: url))
    } catch let error as DatasetError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "no such file, or no permission to read it")
    }
  }
}
