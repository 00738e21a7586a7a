package import Records

/// What a reader found: records in a stable order, training before test.
package struct Reading: Sendable {
  /// The shape of one record when padded, `[height, width, channels]`.
  package let inputShape: [Int]
  /// The name of each class, by label.
  package let labelNames: [String]
  /// What is known of each record beside its content.
  package let heads: [RecordHead]
  let store: any RecordStore

  /// A reading whose content is got from a store when it is asked for.
  init(inputShape: [Int], labelNames: [String], heads: [RecordHead], store: any RecordStore) {
    precondition(inputShape.count == 3, "a record has a height, a width and channels")
    self.inputShape = inputShape
    self.labelNames = labelNames
    self.heads = heads
    self.store = store
  }

  /// A reading of examples that lie in memory.
  package init(inputShape: [Int], labelNames: [String], examples: [Example]) {
    self.init(
      inputShape: inputShape, labelNames: labelNames,
      heads: examples.map {
        RecordHead(split: $0.split, label: $0.label, subjects: $0.subjects)
      },
      store: SeriesStore(series: examples.map(\.values)))
  }

  /// One record with its values.
  ///
  /// - Throws: `DatasetError.unreadable` when the file they lie in cannot be read.
  package func example(at position: Int) throws(DatasetError) -> Example {
    var values: [Float] = []
    try store.append(valuesAt: position, to: &values)
    let head = heads[position]
    return Example(
      split: head.split, label: head.label, values: values, subjects: head.subjects)
  }
}

/// What a reader knows of a record beside its content.
package struct RecordHead: Hashable, Sendable {
  package let split: Split
  package let label: Int
  /// Whom it is about, as far as the data itself says.
  package let subjects: [String: String]
  /// What the data itself calls it, such as a picture's path; a list of subjects may use it.
  package let name: String?

  package init(
    split: Split, label: Int, subjects: [String: String] = [:], name: String? = nil
  ) {
    self.split = split
    self.label = label
    self.subjects = subjects
    self.name = name
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
  package var canonicalBytes: [UInt8] { Self.canonicalBytes(label: label, values: values) }

  static func canonicalBytes(label: Int, values: [Float]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + 4 * values.count)
    bytes.appendLittleEndian(label)
    bytes.appendLittleEndian(values.count)
    for value in values { bytes.appendLittleEndian(Int(value.bitPattern)) }
    return bytes
  }
}

extension [UInt8] {
  /// Appends the low 32 bits of a number, the lowest byte first.
  mutating func appendLittleEndian(_ number: Int) {
    for shift in stride(from: 0, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
