@testable import NeuralNetworks

/// Small zip files for tests, right or wrong in one respect.
enum ZipWriter {
  static func file(
    _ members: [(String, [UInt8])], method: UInt16 = 0, checksumError: UInt32 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, data) in members {
      let offset = UInt32(bytes.count)
      let sum = CRC32.checksum(data, 0..<data.count) ^ checksumError
      let size = UInt32(data.count)
      let common =
        word(method) + word(UInt32(0)) + word(sum) + word(size) + word(size)
        + word(UInt16(name.utf8.count)) + word(UInt16(0))
      bytes += word(UInt32(0x0403_4B50)) + word(UInt16(0)) + word(UInt16(0)) + common
      bytes += Array(name.utf8) + data
      directory += word(UInt32(0x0201_4B50)) + word(UInt32(0)) + word(UInt16(0)) + common
      directory += word(UInt16(0)) + word(UInt64(0)) + word(offset) + Array(name.utf8)
    }
    let (start, count) = (UInt32(bytes.count), UInt16(members.count))
    bytes += directory + word(UInt32(0x0605_4B50)) + word(UInt32(0)) + word(count) + word(count)
    return bytes + word(UInt32(directory.count)) + word(start) + word(UInt16(0))
  }

  static func word(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
