import Records

/// The weights of a network on their way out of a file of any format into the one canonical file.
///
/// `Safetensors.write` of the same network gives the same bytes. Here no tensor is ever whole in
/// memory: one buffer of 4 MiB is filled and handed over again and again.
package struct CanonicalWeights {
  private let file: WeightFile
  /// In the order in which they are written.
  private let tensors: [(name: String, tensor: StoredTensor)]
  private let header: [UInt8]

  /// Finds the tensors that a configuration asks for; none is read.
  ///
  /// - Throws: `NetworkError.stateMismatch` with every missing, unexpected and misshapen name;
  ///   `WeightFileError` naming a tensor whose elements are of no type that weights have, or that
  ///   they are too many.
  package init(
    of file: WeightFile, for configuration: NetworkConfiguration, metadata: [String: String]
  ) throws {
    let shapes = try Network.tensorShapes(configuration)
    try StateCheck.check(file.shapes, against: shapes)
    self.file = file
    tensors = shapes.compactMap { name, _ in file.tensors[name].map { (name, $0) } }
      .sorted { ByteOrder.precedes($0.name, $1.name) }
    for (_, tensor) in tensors { try tensor.checkIsWeight() }
    header = Safetensors.header(
      of: tensors.map { ($0.name, $0.tensor.shape) }, metadata: metadata)
    guard byteCount <= WeightFile.sizeLimit else {
      throw WeightFileError(
        "the weights have \(byteCount) bytes as F32; at most \(WeightFile.sizeLimit) are accepted")
    }
  }

  /// The size of the canonical file.
  package var byteCount: Int {
    header.count + 4 * tensors.reduce(0) { $0 + $1.tensor.count }
  }

  /// Hands over the canonical file in pieces of up to 4 MiB; each part of the file is read once.
  ///
  /// - Throws: what the sink throws; `WeightFileError` naming a tensor that no training leaves, being
  ///   not finite or a variance below zero, or when the file is damaged or was changed meanwhile.
  package func write(to sink: (RawSpan) throws -> Void) throws {
    var output = PieceBuffer()
    try output.append(header, to: sink)
    for (name, tensor) in tensors {
      var reader = try TensorReader(tensor, in: file.bytes)
      var isFinite = true
      var isNegative = false
      while reader.remaining > 0 {
        try output.append(upTo: reader.remaining, to: sink) { target throws(WeightFileError) in
          try reader.read(into: &target)
          isFinite = FloatBytes.areFinite(target.bytes) && isFinite
          if name.hasSuffix("running_var") {
            FloatBytes.forEach(in: target.bytes) { isNegative = $0 < 0 || isNegative }
          }
        }
      }
      try reader.finish()
      guard isFinite else {
        throw WeightFileError("tensor '\(name)' has a value that is not finite")
      }
      guard !isNegative else {
        throw WeightFileError("tensor '\(name)' has a negative variance")
      }
    }
    try output.flush(to: sink)
    if case .file(let file) = file.bytes { try file.checkUnchanged() }
  }
}

/// A buffer that is handed over whenever it is full.
private struct PieceBuffer {
  private var bytes = [UInt8](repeating: 0, count: 4 * TensorReader.pieceCount)
  private var filled = 0

  /// Appends bytes.
  mutating func append(_ more: [UInt8], to sink: (RawSpan) throws -> Void) throws {
    var place = 0
    while place < more.count {
      if filled == bytes.count { try flush(to: sink) }
      let count = min(more.count - place, bytes.count - filled)
      bytes.replaceSubrange(filled..<filled + count, with: more[place..<place + count])
      filled += count
      place += count
    }
  }

  /// Lets some of the coming elements, as many as there is room for, be written behind the others.
  mutating func append(
    upTo count: Int, to sink: (RawSpan) throws -> Void,
    _ write: (inout MutableRawSpan) throws(WeightFileError) -> Void
  ) throws {
    // Nothing of less than an element is left, as the header's length is a multiple of 8.
    if filled == bytes.count { try flush(to: sink) }
    let size = 4 * min(count, (bytes.count - filled) / 4)
    try unsafe bytes.withUnsafeMutableBytes { buffer in
      var target = unsafe UnsafeMutableRawBufferPointer(
        rebasing: buffer[filled..<filled + size]
      ).mutableBytes
      try write(&target)
    }
    filled += size
  }

  mutating func flush(to sink: (RawSpan) throws -> Void) throws {
    if filled > 0 { try unsafe sink(bytes.span.bytes.extracting(first: filled)) }
    filled = 0
  }
}
