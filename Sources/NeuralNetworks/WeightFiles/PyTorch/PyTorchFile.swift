/// The state dict of a file that `torch.save` wrote, in the zip format or the older stream of pickles.
///
/// Nothing in a file is executed. Source: `torch/serialization.py`; stricter than it in refusing wrong
/// checksums, duplicate and compressed members, big-endian files and bytes behind the end.
package enum PyTorchFile {
  /// The first pickle of the older format: the number 0x1950a86a20f9469cfc6c.
  static let streamMagic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]
  static let zipMagic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  static let pickleLimit = 1 << 26
  /// How often the tensors of a state dict may cover the file, because several may share a storage.
  static let sharingLimit = 4

  /// A state dict, and where the storages of the file lie.
  struct Contents {
    let state: [String: TensorView]
    let storages: [String: Range<Int>]
    /// The CRC-32 of each storage, in the format that has them.
    let checksums: [String: UInt32]
  }

  /// Every tensor of the state dict by name; none is read yet.
  ///
  /// The state dict may lie in a dictionary under `state_dict`, `model_state_dict`, `model` or `net`;
  /// the prefix `module.` of all names is left out, and so are the counters `num_batches_tracked`.
  ///
  /// - Throws: `WeightFileError` naming the tensor, the member or the place that is wrong.
  static func tensors(in bytes: StoredBytes) throws(WeightFileError) -> [String: StoredTensor] {
    let isZip = try bytes.prefix(zipMagic.count) == zipMagic
    let contents = isZip ? try readZip(bytes) : try readStream(bytes)
    var elementBytes = 0
    for view in contents.state.values { elementBytes += view.count * view.storage.type.width }
    guard elementBytes / sharingLimit <= bytes.count else {
      throw WeightFileError(
        "the tensors have \(elementBytes) bytes in a file of \(bytes.count); they share storages "
          + "more than \(sharingLimit) times")
    }
    var tensors: [String: StoredTensor] = [:]
    for (name, view) in contents.state {
      guard let storage = contents.storages[view.storage.key] else {
        throw WeightFileError("the storage of tensor '\(name)' is missing")
      }
      let type = view.storage.type
      tensors[name] = StoredTensor(
        name: name, elementType: type.elementType, shape: view.shape,
        // The offset of a tensor without elements may be any number.
        place: view.isContiguous
          ? .contiguous(storage.lowerBound + (view.count > 0 ? view.offset * type.width : 0))
          : .scattered(view, storage: storage),
        checksum: view.isWholeStorage ? contents.checksums[view.storage.key] : nil)
    }
    return tensors
  }

  /// The bytes that each storage of a pickle needs, by key.
  static func sizes(of pickle: Pickle) throws(WeightFileError) -> [String: Int] {
    var sizes: [String: Int] = [:]
    for tensor in pickle.tensors {
      let storage = tensor.storage
      let (size, overflow) = storage.count.multipliedReportingOverflow(by: storage.type.width)
      guard !overflow, sizes.updateValue(size, forKey: storage.key) ?? size == size else {
        throw WeightFileError("the storage '\(storage.key)' has sizes that cannot be")
      }
    }
    return sizes
  }
}
