/// A weight file of any format this program reads, told by its content.
package enum WeightFile {
  /// Every tensor by name, widened or rounded to 32-bit floating point.
  ///
  /// Zip files and streams of pickles are PyTorch's (`.pt`, `.pth`, `.th`); all others are read as
  /// safetensors. The prefix `module.` of all names and counters `num_batches_tracked` are left out.
  ///
  /// - Throws: `WeightFileError` naming what in the file is wrong.
  package static func read(_ bytes: [UInt8]) throws(WeightFileError) -> [String: Tensor] {
    if bytes.starts(with: PyTorchFile.zipMagic) || bytes.starts(with: PyTorchFile.streamMagic) {
      return try PyTorchFile.read(bytes)
    }
    let file = try Safetensors.read(bytes)
    var tensors: [String: Tensor] = [:]
    for entry in file.entries where !StateDictionary.isCounter(entry.name) {
      tensors[entry.name] = try file.tensor(entry)
    }
    return StateDictionary.withoutPrefix(tensors)
  }
}
