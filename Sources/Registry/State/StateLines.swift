/// Lines of a kept state that are being written: fields without spaces, a space between.
struct StateLines {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ fields: [String]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { bytes.append(0x20) }
      bytes.append(contentsOf: field.isEmpty ? "-".utf8 : field.utf8)
    }
    bytes.append(0x0A)
  }

  /// A line that is written already, with its end.
  mutating func add(_ line: ArraySlice<UInt8>) { bytes.append(contentsOf: line) }
}
