@testable import NeuralNetworks

/// Whole files in memory, every tensor read.
extension WeightFile {
  static func read(_ bytes: [UInt8]) throws(WeightFileError) -> [String: Tensor] {
    try WeightFile(bytes: bytes).read()
  }
}

extension PyTorchFile {
  static func read(_ bytes: [UInt8]) throws(WeightFileError) -> [String: Tensor] {
    var read: [String: Tensor] = [:]
    for (name, tensor) in try tensors(in: .memory(bytes)) {
      read[name] = try tensor.tensor(in: .memory(bytes))
    }
    return read
  }
}
