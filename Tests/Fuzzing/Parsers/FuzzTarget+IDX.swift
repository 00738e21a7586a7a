import Datasets
import Records

extension FuzzTarget {
  /// A file of labels and one of images.
  ///
  /// The first byte says which of the two is to be wrapped as gzip with a right checksum (bits 0
  /// and 1), so that damage gets past it; the next two the length of the labels.
  static let idx = FuzzTarget(
    name: "idx",
    seeds: [
      "plain": input(0), "labels": input(1), "images": input(2), "wrapped": input(3),
      "colour": [0] + [UInt8](littleEndian: UInt16(9)) + labels(1)
        + [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3] + [1, 2, 3, 4, 5, 6],
      "gzip": [0] + [UInt8](littleEndian: UInt16(deflated.count)) + deflated + images(2),
    ],
    tokens: [
      [0, 0, 8, 1], [0, 0, 8, 3], [0, 0, 8, 4], [0x1F, 0x8B, 8], [0, 0x0F, 0x42, 0x40],
      [0, 0x98, 0x96, 0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF],
    ],
    // A byte of gzip can stand for 1,032 labels, each of which costs its number and a head.
    bytesPerByte: 1032 * 64,
    parse: { bytes in
      guard bytes.count >= 3 else { return }
      let count = Int(bytes[1]) | Int(bytes[2]) << 8
      let rest = bytes.dropFirst(3)
      let parts = [Array(rest.prefix(count)), Array(rest.dropFirst(count))]
      let files = parts.enumerated().map { place, part in
        memoryFile(Int32(place), bytes[0] & (1 << place) == 0 ? part : gzip(part))
      }
      let reading = try Formats.reader(of: "idx")
        .read(ReadingOptions(source: DataSource(format: "idx", files: [files[1], files[0]])))
      for position in reading.heads.indices.prefix(64) { _ = try reading.example(at: position) }
    })

  private static func labels(_ count: Int) -> [UInt8] {
    [0, 0, 8, 1] + [UInt8](bigEndian: count) + (0..<min(count, 9)).map { UInt8($0 % 2) }
  }

  private static func images(_ count: Int) -> [UInt8] {
    [0, 0, 8, 3] + [UInt8](bigEndian: count) + [0, 0, 0, 2, 0, 0, 0, 2]
      + (0..<min(count, 9) * 4).map { UInt8($0) }
  }

  private static func input(_ wrapping: UInt8) -> [UInt8] {
    let labels = labels(3)
    return [wrapping] + [UInt8](littleEndian: UInt16(labels.count)) + labels + images(3)
  }

  /// `labels(2)` as gzip makes it, compressed.
  private static let deflated: [UInt8] = [
    0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x63, 0x60, 0xE0, 0x60, 0x64, 0x60, 0x60, 0x60, 0x62, 0x60,
    4, 0, 0x8F, 0x9C, 0x9B, 0xE2, 10, 0, 0, 0,
  ]

  /// Some bytes as gzip, not compressed: one stored block (RFC 1951) of at most 65,535 bytes.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + [UInt8](littleEndian: count)
      + [UInt8](littleEndian: ~count) + bytes + [UInt8](littleEndian: checksum(bytes))
      + [UInt8](littleEndian: UInt32(bytes.count))
  }

  /// CRC-32 of ISO 3309, bit by bit.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
