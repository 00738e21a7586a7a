package import Records

/// Reads the file of `record=@file`: one record id a line, `#` for comments.
package enum RecordList {
  package static let sizeLimit = 4_000_000

  /// The selector of the records listed.
  ///
  /// - Throws: `DatasetError` for a file without ids or an id given twice (with its line), or one
  ///   that the manifest does not have.
  package static func parse(
    _ bytes: [UInt8], file: String, in manifest: Manifest
  ) throws(DatasetError) -> Selector {
    let known = Set(manifest.records.map(\.id))
    var ids: Set<String> = []
    var lines = try TextLines(bytes, file: file, sizeLimit: sizeLimit)
    while let id = try lines.next() {
      guard known.contains(id) else {
        throw lines.malformed(
          "data set '\(Quoted.text(manifest.dataset))' has no record '\(Quoted.text(id))'")
      }
      guard ids.insert(id).inserted else {
        throw lines.malformed("record '\(Quoted.text(id))' is given twice")
      }
    }
    guard !ids.isEmpty else { throw .unreadable(file: file, reason: "it lists no record") }
    return Selector(records: Array(ids))
  }
}
