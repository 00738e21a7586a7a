/// The checksum of zip members: CRC-32 of ISO 3309, reflected, polynomial 0xEDB88320.
struct CRC32 {
  /// Entry 256·k + b: the checksum of byte b followed by k zero bytes (slicing by eight).
  private static let table: [UInt32] = {
    var table: [UInt32] = []
    for byte in 0..<UInt32(256) {
      var sum = byte
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
      table.append(sum)
    }
    for index in 256..<2048 {
      let sum = table[index - 256]
      table.append((sum >> 8) ^ table[Int(sum & 0xFF)])
    }
    return table
  }()

  private var sum = UInt32.max

  init() {}

  /// Of all the bytes taken.
  var value: UInt32 { ~sum }

  /// Takes the next bytes; one pass.
  mutating func update(_ bytes: RawSpan) {
    let table = Self.table.span
    var index = 0
    while index + 8 <= bytes.byteCount {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let next = UInt64(littleEndian: word) ^ UInt64(sum)
      sum = 0
      for place in 0..<8 {
        sum ^= table[(7 - place) << 8 | Int(truncatingIfNeeded: next >> UInt64(8 * place) & 0xFF)]
      }
      index += 8
    }
    while index < bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      sum = (sum >> 8) ^ table[Int((sum ^ UInt32(byte)) & 0xFF)]
      index += 1
    }
  }

  /// Of the bytes in a range.
  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    var sum = CRC32()
    unsafe sum.update(bytes.span.bytes.extracting(range))
    return sum.value
  }
}
