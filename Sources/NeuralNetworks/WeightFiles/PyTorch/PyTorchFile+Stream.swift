/// The older format: five pickles (magic number, version, machine, object, storage keys), then for
/// each key the element count as 8 bytes and the elements.
extension PyTorchFile {
  private static let version = 1001

  /// How much of a file is taken into memory at first, to find the pickles in.
  private static let firstWindow = 1 << 20

  static func readStream(_ bytes: StoredBytes) throws(WeightFileError) -> Contents {
    guard try bytes.prefix(streamMagic.count) == streamMagic else {
      throw WeightFileError("the file is neither a zip file nor a stream of PyTorch's pickles")
    }
    let (pickle, keys, end) = try readPickles(bytes)
    let storages = try storages(keys, of: pickle, bytes, from: end)
    return Contents(
      state: try StateDictionary.find(in: pickle), storages: storages, checksums: [:])
  }

  /// The object, the keys of its storages, and where the pickles end.
  private static func readPickles(
    _ bytes: StoredBytes
  ) throws(WeightFileError) -> (Pickle, keys: [String], end: Int) {
    // Where the pickles end is known only when they are read; nearly all are short.
    if bytes.count > firstWindow,
      let found = try? readPickles(try ByteReader(bytes, streamMagic.count..<firstWindow))
    {
      return found
    }
    return try readPickles(
      try ByteReader(bytes, streamMagic.count..<min(bytes.count, pickleLimit)))
  }

  private static func readPickles(
    _ window: ByteReader
  ) throws(WeightFileError) -> (Pickle, keys: [String], end: Int) {
    var reader = window
    guard try PickleMachine.read(&reader).root.integer == version else {
      throw WeightFileError("the stream of pickles has another version than \(version)")
    }
    let machine = try PickleMachine.read(&reader)
    guard case .bool(true)? = machine.value("little_endian", in: machine.root) else {
      throw WeightFileError("the file is not little-endian; save it on a little-endian machine")
    }
    let pickle = try PickleMachine.read(&reader)
    return (pickle, try keys(try PickleMachine.read(&reader)), reader.position)
  }

  private static func keys(_ pickle: Pickle) throws(WeightFileError) -> [String] {
    guard case .list(let place) = pickle.root else {
      throw WeightFileError("the keys of the storages are \(pickle.root.kind), not a list")
    }
    let keys = pickle.sequences[place].compactMap(\.text)
    guard keys.count == pickle.sequences[place].count, Set(keys).count == keys.count else {
      throw WeightFileError("the keys of the storages are not distinct texts")
    }
    return keys
  }

  private static func storages(
    _ keys: [String], of pickle: Pickle, _ bytes: StoredBytes, from start: Int
  ) throws(WeightFileError) -> [String: Range<Int>] {
    let sizes = try sizes(of: pickle)
    let counts = Dictionary(
      pickle.tensors.map { ($0.storage.key, $0.storage.count) }, uniquingKeysWith: { $1 })
    var storages: [String: Range<Int>] = [:]
    var place = start
    for key in keys {
      guard let size = sizes[key], let count = counts[key] else {
        throw WeightFileError("no tensor uses the storage '\(key)'")
      }
      var reader = try ByteReader(bytes, place..<min(bytes.count, place + 8))
      let stated = try reader.word(Int64.self)
      guard stated == Int64(count) else {
        throw WeightFileError("the storage '\(key)' has \(stated) elements instead of \(count)")
      }
      guard size <= bytes.count - reader.position else {
        throw WeightFileError(
          "the storage '\(key)' has \(size) bytes, but only \(bytes.count - reader.position) follow"
        )
      }
      storages[key] = reader.position..<reader.position + size
      place = reader.position + size
    }
    if let missing = sizes.keys.filter({ storages[$0] == nil }).min() {
      throw WeightFileError("the storage '\(missing)' is missing from the file")
    }
    guard place == bytes.count else {
      throw WeightFileError("\(bytes.count - place) bytes follow the last storage")
    }
    return storages
  }
}
