/// What no data set of images may exceed, so that a hostile file cannot fill memory or disk.
enum ImageLimits {
  /// Records of one data set; each costs its line in the manifest.
  static let recordCount = 10_000_000
  /// Pixels of one image times its channels.
  static let valueCount = 1_000_000
  /// Bytes of all images, decoded.
  static let byteCount = 64_000_000_000

  /// Why images cannot be that many and that large; nil when they can.
  static func objection(recordCount: Int, shape: [Int]) -> String? {
    guard shape.allSatisfy({ (1...valueCount).contains($0) }),
      // Three extents of at most 10^6 each cannot overflow 64 bits.
      shape.reduce(1, *) <= valueCount
    else {
      return "an image of \(text(shape)) values; each can have 1 to \(valueCount)"
    }
    guard recordCount <= Self.recordCount, recordCount * shape.reduce(1, *) <= byteCount else {
      return "\(recordCount) images of \(text(shape)) values; a data set can have "
        + "\(Self.recordCount) images and \(byteCount) values"
    }
    return nil
  }

  private static func text(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: "×")
  }
}
