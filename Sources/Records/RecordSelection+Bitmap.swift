/// Many small ranges as a bitmap: `x` and two hexadecimal digits for every eight positions, the first
/// position in the highest bit, up to the last byte that has one.
extension RecordSelection {
  /// The length of a list of ranges, in bytes, up to which it stays one.
  static let bitmapFrom = 256

  /// The length of the bitmap, in bytes.
  var bitmapSize: Int { 1 + 2 * ((upperBound + 7) / 8) }

  var bitmap: String {
    var bytes = [UInt8](repeating: 0, count: (upperBound + 7) / 8)
    for range in ranges {
      for position in range { bytes[position / 8] |= 0x80 >> UInt8(position % 8) }
    }
    return "x" + Hexadecimal.encode(bytes)
  }

  /// - Returns: nil for a text that is no bitmap.
  static func ranges(ofBitmap text: String) -> [Range<Int>]? {
    guard let bytes = Hexadecimal.decode(text.dropFirst()) else { return nil }
    var ranges: [Range<Int>] = []
    for (index, byte) in bytes.enumerated() where byte != 0 {
      for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 {
        let position = 8 * index + bit
        if let last = ranges.last, last.upperBound == position {
          ranges[ranges.count - 1] = last.lowerBound..<position + 1
        } else {
          ranges.append(position..<position + 1)
        }
      }
    }
    return ranges
  }
}
