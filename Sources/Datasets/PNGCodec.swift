import CImageCodecs

/// PNG by libpng's simplified interface, which keeps its errors to itself.
///
/// 16 bits a sample become 8; what is transparent is laid over black; palettes become colours.
enum PNGCodec: PictureCodec {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func header(of file: [UInt8]) -> PictureHeader? {
    unsafe withImage(of: file) { image in
      unsafe PictureHeader(
        width: Int(image.width), height: Int(image.height),
        channels: image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) == 0 ? 1 : 3)
    }
  }

  static func pixels(of file: [UInt8], _ header: PictureHeader) -> [UInt8]? {
    unsafe withImage(of: file) { image in
      unsafe image.format =
        header.channels == 1 ? png_uint_32(PNG_FORMAT_GRAY) : png_uint_32(PNG_FORMAT_RGB)
      // Without this a file of 16 bits that names no gamma is taken for linear light.
      unsafe image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      guard unsafe Int(image.width) == header.width, unsafe Int(image.height) == header.height
      else { return nil }
      var pixels = [UInt8](repeating: 0, count: header.width * header.height * header.channels)
      let status = unsafe pixels.withUnsafeMutableBytes {
        unsafe png_image_finish_read(
          &image, nil, $0.baseAddress, Int32(header.width * header.channels), nil)
      }
      // 1 is a warning, such as a checksum that does not hold; 2 and more an error.
      return unsafe status != 0 && image.warning_or_error == 0 ? pixels : nil
    }
  }

  private static func withImage<Result>(
    of file: [UInt8], _ body: (inout png_image) -> Result?
  ) -> Result? {
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { unsafe png_image_free(&image) }
    return unsafe file.withUnsafeBytes { bytes in
      guard unsafe png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0
      else { return nil }
      return unsafe body(&image)
    }
  }
}
