/// A weight file of any format this program reads, told by its content.
///
/// Zip files and streams of pickles are PyTorch's (`.pt`, `.pth`, `.th`); all others are read as
/// safetensors. The elements stay in the file until they are asked for.
package struct WeightFile: Sendable {
  /// The largest file that is opened, in bytes.
  package static let sizeLimit = 1 << 34

  /// By name, without the prefix `module.` of all names and without counters `num_batches_tracked`.
  package let tensors: [String: StoredTensor]
  let bytes: StoredBytes

  /// Opens a file and reads what it says of its tensors.
  ///
  /// - Throws: `WeightFileError` naming what cannot be opened, or what in the file is wrong.
  package init(
    opening path: String, sizeLimit: Int = WeightFile.sizeLimit
  ) throws(WeightFileError) {
    try self.init(.file(try OpenWeightFile(path, sizeLimit: sizeLimit)))
  }

  /// Takes a file that is in memory already.
  package init(bytes: [UInt8]) throws(WeightFileError) { try self.init(.memory(bytes)) }

  init(_ bytes: StoredBytes) throws(WeightFileError) {
    self.bytes = bytes
    let beginning = try bytes.prefix(PyTorchFile.streamMagic.count)
    if beginning.starts(with: PyTorchFile.zipMagic) || beginning == PyTorchFile.streamMagic {
      tensors = try PyTorchFile.tensors(in: bytes)
    } else {
      let stored = try Safetensors.read(bytes).storedTensors
      tensors = StateDictionary.withoutPrefix(
        stored.filter { !StateDictionary.isCounter($0.key) })
    }
  }

  /// Every tensor in memory, by name.
  ///
  /// - Throws: `WeightFileError` naming a tensor that is no weight, or what in the file is damaged.
  package func read() throws(WeightFileError) -> [String: Tensor] {
    var read: [String: Tensor] = [:]
    for (name, tensor) in tensors { read[name] = try tensor.tensor(in: bytes) }
    return read
  }

  /// The shape of every tensor by name.
  package var shapes: [String: [Int]] { tensors.mapValues(\.shape) }
}
