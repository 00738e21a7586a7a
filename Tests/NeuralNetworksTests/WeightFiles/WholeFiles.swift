@testable import NeuralNetworks

/// Whole files in memory, every tensor read.
extension WeightFile {
  static func read(_ bytes: [UInt8]) throws(WeightFileError) -> [String: Tensor] {
    let file = try WeightFile(.memory(bytes))
    return try read(file.tensors, in: file.bytes)
  }

  fileprivate static func read(
    _ stored: [String: StoredTensor], in bytes: StoredBytes
  ) throws(WeightFileError) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for (name, tensor) in stored { tensors[name] = try tensor.tensor(in: bytes) }
    return tensors
  }
}

extension PyTorchFile {
  static func read(_ bytes: [UInt8]) throws(WeightFileError) -> [String: Tensor] {
    try WeightFile.read(try tensors(in: .memory(bytes)), in: .memory(bytes))
  }
}
