/// A network that stays in its file: what its configuration asks for, and where the file has it.
package struct StoredNetwork: Sendable {
  package let configuration: NetworkConfiguration
  /// In canonical order.
  package let places: [TensorPlace]
  private let tensors: [String: StoredTensor]
  private let bytes: StoredBytes

  /// Holds a file's header against a configuration; no element is read.
  ///
  /// - Throws: `NetworkError` with every missing, unexpected and misshapen name; `WeightFileError`
  ///   naming a tensor whose elements are of no type that weights have.
  package init(_ configuration: NetworkConfiguration, in file: SafetensorsFile) throws {
    self.configuration = configuration
    places = try Network.tensorPlaces(configuration)
    tensors = file.storedTensors
    bytes = file.bytes
    try StateCheck.check(
      tensors.mapValues(\.shape), against: places.map { ($0.name, $0.shape) })
    for entry in file.entries { try entry.stored.checkIsWeight() }
  }

  /// Hands over one tensor of this network and the same of another in pieces of the same elements.
  ///
  /// - Throws: `WeightFileError` when a file has become shorter meanwhile.
  package func forEachPiece(
    of name: String, with other: StoredNetwork, _ body: (Span<Float>, Span<Float>) -> Void
  ) throws(WeightFileError) {
    guard let first = tensors[name], let second = other.tensors[name],
      first.shape == second.shape
    else { preconditionFailure("'\(name)' is not in both networks") }
    var readers = (
      try TensorReader(first, in: bytes), try TensorReader(second, in: other.bytes)
    )
    while readers.0.remaining > 0 {
      let count = min(readers.0.remaining, TensorReader.pieceCount)
      let (old, new) = (try readers.0.floats(count), try readers.1.floats(count))
      body(old.span, new.span)
    }
  }
}
