/// The zip format: `<root>/data.pkl` and one member `<root>/data/<key>` for each storage.
extension PyTorchFile {
  /// Members that say nothing of the weights.
  private static let notes: Set = [
    ".format_version", ".storage_alignment", ".data/serialization_id",
  ]

  static func readZip(
    _ bytes: [UInt8]
  ) throws(WeightFileError) -> (Pickle, storages: [String: Range<Int>]) {
    var members = try withoutRoot(try ZipArchive(bytes).members)
    guard let data = members.removeValue(forKey: "data.pkl"), data.count <= pickleLimit else {
      throw WeightFileError("the zip file has no 'data.pkl' of at most \(pickleLimit) bytes")
    }
    try checkNotes(&members, bytes)
    var reader = ByteReader(bytes, data)
    let pickle = try PickleMachine.read(&reader)
    guard reader.remaining == 0 else {
      throw WeightFileError("\(reader.remaining) bytes follow the end of 'data.pkl'")
    }
    var storages: [String: Range<Int>] = [:]
    for (key, size) in try sizes(of: pickle).sorted(by: { $0.key < $1.key }) {
      guard let range = members.removeValue(forKey: "data/\(key)") else {
        throw WeightFileError("the storage 'data/\(key)' is missing from the zip file")
      }
      guard range.count == size else {
        throw WeightFileError("the storage 'data/\(key)' has \(range.count) bytes, not \(size)")
      }
      storages[key] = range
    }
    if let foreign = members.keys.min() {
      throw WeightFileError(
        "the zip file has the member '\(foreign)', which is no part of a state dict")
    }
    return (pickle, storages)
  }

  /// The members without the name of the one folder that all must lie in.
  private static func withoutRoot(
    _ members: [String: Range<Int>]
  ) throws(WeightFileError) -> [String: Range<Int>] {
    guard let first = members.keys.min(), let slash = first.firstIndex(of: "/"),
      slash != first.startIndex
    else { throw WeightFileError("the members of the zip file do not lie in a folder") }
    let root = first[...slash]
    var inner: [String: Range<Int>] = [:]
    for (name, range) in members {
      guard name.hasPrefix(root) else {
        throw WeightFileError("the zip member '\(name)' does not lie in the folder '\(root)'")
      }
      inner[String(name.dropFirst(root.count))] = range
    }
    return inner
  }

  /// Takes out the members that are not the pickle nor a storage.
  private static func checkNotes(
    _ members: inout [String: Range<Int>], _ bytes: [UInt8]
  ) throws(WeightFileError) {
    if let order = members.removeValue(forKey: "byteorder"),
      !bytes[order].elementsEqual("little".utf8)
    {
      throw WeightFileError("the file is not little-endian; save it on a little-endian machine")
    }
    guard let version = members.removeValue(forKey: "version"),
      bytes[version].elementsEqual("3\n".utf8) || bytes[version].elementsEqual("2\n".utf8)
    else { throw WeightFileError("the zip file has no 'version' that is 2 or 3") }
    for note in notes { members[note] = nil }
  }
}
