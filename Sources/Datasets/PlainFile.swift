/// Reads a file that a person named.
package enum PlainFile {
  /// The bytes of a regular file; where the path is a link, of the file it leads to.
  ///
  /// A pipe or a device is refused, not waited for.
  ///
  /// - Throws: `DatasetError.unreadable` when it is missing, no regular file, or too large, which is
  ///   seen before anything of it is read.
  package static func read(_ path: String, sizeLimit: Int) throws(DatasetError) -> [UInt8] {
    let file = try OpenFile(path)
    guard file.size <= sizeLimit else { throw tooLong(path, sizeLimit) }
    var bytes: [UInt8] = []
    // A file may grow while it is read, and some files have no size.
    while bytes.count <= sizeLimit {
      let part = try file.next(max(1 << 12, min(file.size - bytes.count, 1 << 24)))
      if part.isEmpty { return bytes }
      bytes += part
    }
    throw tooLong(path, sizeLimit)
  }

  private static func tooLong(_ path: String, _ limit: Int) -> DatasetError {
    .unreadable(file: path, reason: "longer than \(limit) bytes")
  }
}
