package import Records

/// What a reader found: examples in a stable order, training before test.
package struct Reading: Sendable {
  /// The shape of one example when padded, `[height, width, channels]`.
  package let inputShape: [Int]
  /// The name of each class, by label.
  package let labelNames: [String]
  package let examples: [Example]

  package init(inputShape: [Int], labelNames: [String], examples: [Example]) {
    precondition(inputShape.count == 3, "an example has a height, a width and channels")
    self.inputShape = inputShape
    self.labelNames = labelNames
    self.examples = examples
  }
}

/// One example as a reader gives it.
package struct Example: Hashable, Sendable {
  package let split: Split
  package let label: Int
  /// `[frames, channels]`, row-major; an image's pixels are its frames, row after row.
  package let values: [Float]
  /// Whom it is about, as far as the data itself says.
  package let subjects: [String: String]

  package init(split: Split, label: Int, values: [Float], subjects: [String: String] = [:]) {
    self.split = split
    self.label = label
    self.values = values
    self.subjects = subjects
  }

  /// What a record's digest is taken over, all little-endian.
  ///
  /// The label (32 bits), the number of values (32 bits), then each value as a binary32 number,
  /// frame after frame. The layout of the file it came from does not enter.
  package var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + 4 * values.count)
    append(UInt32(truncatingIfNeeded: label), to: &bytes)
    append(UInt32(truncatingIfNeeded: values.count), to: &bytes)
    for value in values { append(value.bitPattern, to: &bytes) }
    return bytes
  }

  private func append(_ word: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
