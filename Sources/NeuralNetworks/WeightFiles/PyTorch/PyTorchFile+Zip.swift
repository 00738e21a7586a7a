/// The zip format: `<root>/data.pkl` and one member `<root>/data/<key>` for each storage.
extension PyTorchFile {
  /// Members that say nothing of the weights.
  private static let notes: Set = [
    ".format_version", ".storage_alignment", ".data/serialization_id",
  ]
  /// Longer than what any member of one word says.
  private static let wordLimit = 16

  /// Reads the pickle, and checks every member but those that hold the elements of just one tensor,
  /// whose checksums are left for the reading of the tensors.
  static func readZip(_ bytes: StoredBytes) throws(WeightFileError) -> Contents {
    let archive = try ZipArchive(bytes)
    var members = try withoutRoot(archive.members)
    guard let data = members.removeValue(forKey: "data.pkl"), data.range.count <= pickleLimit else {
      throw WeightFileError("the zip file has no 'data.pkl' of at most \(pickleLimit) bytes")
    }
    var reader = try ZipArchive.read(data, in: bytes)
    try checkWords(&members, bytes)
    let pickle = try PickleMachine.read(&reader)
    guard reader.remaining == 0 else {
      throw WeightFileError("\(reader.remaining) bytes follow the end of 'data.pkl'")
    }
    for note in notes.sorted() {
      guard let content = members.removeValue(forKey: note) else { continue }
      try ZipArchive.check(content, in: bytes)
    }
    let storages = try storages(of: pickle, &members)
    if let foreign = members.keys.min() {
      throw WeightFileError(
        "the zip file has the member '\(foreign)', which is no part of a state dict")
    }
    let state = try StateDictionary.find(in: pickle)
    let whole = Set(state.values.filter(\.isWholeStorage).map(\.storage.key))
    for (key, content) in storages.sorted(by: { $0.key < $1.key }) where !whole.contains(key) {
      try ZipArchive.check(content, in: bytes)
    }
    return Contents(
      state: state, storages: storages.mapValues(\.range),
      checksums: storages.mapValues(\.checksum))
  }

  /// Takes out the members of the storages that a pickle mentions.
  private static func storages(
    of pickle: Pickle, _ members: inout [String: ZipArchive.Content]
  ) throws(WeightFileError) -> [String: ZipArchive.Content] {
    var storages: [String: ZipArchive.Content] = [:]
    for (key, size) in try sizes(of: pickle).sorted(by: { $0.key < $1.key }) {
      guard let content = members.removeValue(forKey: "data/\(key)") else {
        throw WeightFileError("the storage 'data/\(key)' is missing from the zip file")
      }
      guard content.range.count == size else {
        throw WeightFileError(
          "the storage 'data/\(key)' has \(content.range.count) bytes, not \(size)")
      }
      storages[key] = content
    }
    return storages
  }

  /// The members without the name of the one folder that all must lie in.
  private static func withoutRoot(
    _ members: [String: ZipArchive.Content]
  ) throws(WeightFileError) -> [String: ZipArchive.Content] {
    guard let first = members.keys.min(), let slash = first.firstIndex(of: "/"),
      slash != first.startIndex
    else { throw WeightFileError("the members of the zip file do not lie in a folder") }
    let root = first[...slash]
    var inner: [String: ZipArchive.Content] = [:]
    for (name, content) in members {
      guard name.hasPrefix(root) else {
        throw WeightFileError("the zip member '\(name)' does not lie in the folder '\(root)'")
      }
      inner[String(name.dropFirst(root.count))] = content
    }
    return inner
  }

  /// Takes out and checks the members that are one word each.
  private static func checkWords(
    _ members: inout [String: ZipArchive.Content], _ bytes: StoredBytes
  ) throws(WeightFileError) {
    func word(_ name: String) throws(WeightFileError) -> String? {
      guard let content = members.removeValue(forKey: name), content.range.count <= wordLimit else {
        return nil
      }
      var reader = try ZipArchive.read(content, in: bytes)
      return try reader.text(reader.remaining)
    }
    let hasOrder = members["byteorder"] != nil
    guard try word("byteorder") == "little" || !hasOrder else {
      throw WeightFileError("the file is not little-endian; save it on a little-endian machine")
    }
    guard let version = try word("version"), ["2\n", "3\n"].contains(version) else {
      throw WeightFileError("the zip file has no 'version' that is 2 or 3")
    }
  }
}
