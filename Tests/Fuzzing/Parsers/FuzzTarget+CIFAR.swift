import Datasets
import Meter
import Records

extension FuzzTarget {
  /// A binary batch of CIFAR-100 where the first byte is odd, else of CIFAR-10.
  static let cifar = FuzzTarget(
    name: "cifar",
    seeds: [
      "ten": [0, 3] + picture + [9] + picture,
      "hundred": [1, 14, 2] + picture,
      "two": [1, 19, 99] + picture + [0, 0] + picture,
    ],
    lengthLimit: 4 * 3074,
    bytesPerByte: 16,
    parse: { bytes in
      let path = memoryFile(0, Array(bytes.dropFirst()))
      let format = bytes.first.map { $0 & 1 } == 1 ? "cifar-100" : "cifar-10"
      let reading = try Formats.reader(of: format)
        .read(ReadingOptions(source: DataSource(format: format, files: [path])))
      for position in reading.heads.indices { _ = try reading.example(at: position) }
      precondition(reading.heads.count * 3073 <= bytes.count, "more images than bytes")
    })

  private static let picture = (0..<3072).map { UInt8(truncatingIfNeeded: $0 / 12) }

  /// The path of a file in memory that holds some bytes.
  static func memoryFile(_ slot: Int32, _ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { String(cString: memory_file(slot, $0.baseAddress, $0.count)) }
  }
}
