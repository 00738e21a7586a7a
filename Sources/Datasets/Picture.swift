/// A picture as rows of pixels, one or three bytes each.
struct Picture: Hashable, Sendable {
  let width: Int
  let height: Int
  /// 1 for grey, 3 for red, green and blue.
  let channels: Int
  /// `[height, width, channels]`, row-major.
  let pixels: [UInt8]

  /// The picture with three channels.
  var inColour: Picture {
    guard channels == 1 else { return self }
    return Picture(
      width: width, height: height, channels: 3,
      pixels: pixels.flatMap { [$0, $0, $0] })
  }
}

/// What the beginning of a picture file says of it, before a pixel is decoded.
struct PictureHeader: Hashable, Sendable {
  let width: Int
  let height: Int
  /// 1 for grey, 3 for colours.
  let channels: Int
}
