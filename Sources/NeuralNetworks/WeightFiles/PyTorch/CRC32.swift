/// The checksum of zip members: CRC-32 of ISO 3309, reflected, polynomial 0xEDB88320.
enum CRC32 {
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

  /// Of the bytes in a range; one pass.
  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    let (table, data) = (table.span, bytes.span.extracting(range))
    var sum = UInt32.max
    var index = 0
    while index + 8 <= data.count {
      var next: UInt32 = 0
      for place in 0..<4 {
        let early = UInt8(truncatingIfNeeded: sum >> UInt32(8 * place)) ^ data[index + place]
        next ^= table[(7 - place) << 8 | Int(early)]
        next ^= table[(3 - place) << 8 | Int(data[index + 4 + place])]
      }
      sum = next
      index += 8
    }
    while index < data.count {
      sum = (sum >> 8) ^ table[Int((sum ^ UInt32(data[index])) & 0xFF)]
      index += 1
    }
    return ~sum
  }
}
