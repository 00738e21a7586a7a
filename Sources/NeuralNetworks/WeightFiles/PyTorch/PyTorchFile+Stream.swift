/// The older format: five pickles (magic number, version, machine, object, storage keys), then for
/// each key the element count as 8 bytes and the elements.
extension PyTorchFile {
  private static let version = 1001

  static func readStream(
    _ bytes: [UInt8]
  ) throws(WeightFileError) -> (Pickle, storages: [String: Range<Int>]) {
    guard bytes.starts(with: streamMagic) else {
      throw WeightFileError("the file is neither a zip file nor a stream of PyTorch's pickles")
    }
    var reader = ByteReader(bytes, streamMagic.count..<min(bytes.count, pickleLimit))
    guard try PickleMachine.read(&reader).root.integer == version else {
      throw WeightFileError("the stream of pickles has another version than \(version)")
    }
    let machine = try PickleMachine.read(&reader)
    guard case .bool(true)? = machine.value("little_endian", in: machine.root) else {
      throw WeightFileError("the file is not little-endian; save it on a little-endian machine")
    }
    let pickle = try PickleMachine.read(&reader)
    let keys = try keys(try PickleMachine.read(&reader))
    reader = ByteReader(bytes, reader.position..<bytes.count)
    let storages = try storages(keys, of: pickle, &reader)
    guard reader.remaining == 0 else {
      throw WeightFileError("\(reader.remaining) bytes follow the last storage")
    }
    return (pickle, storages)
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
    _ keys: [String], of pickle: Pickle, _ reader: inout ByteReader
  ) throws(WeightFileError) -> [String: Range<Int>] {
    let sizes = try sizes(of: pickle)
    let counts = Dictionary(
      pickle.tensors.map { ($0.storage.key, $0.storage.count) }, uniquingKeysWith: { $1 })
    var storages: [String: Range<Int>] = [:]
    for key in keys {
      guard let size = sizes[key], let count = counts[key] else {
        throw WeightFileError("no tensor uses the storage '\(key)'")
      }
      let stated = try reader.word(Int64.self)
      guard stated == Int64(count) else {
        throw WeightFileError("the storage '\(key)' has \(stated) elements instead of \(count)")
      }
      storages[key] = try reader.skip(size)
    }
    if let missing = sizes.keys.filter({ storages[$0] == nil }).min() {
      throw WeightFileError("the storage '\(missing)' is missing from the file")
    }
    return storages
  }
}
