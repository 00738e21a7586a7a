import CImageCodecs

/// JPEG by libjpeg-turbo, with its exact integer transform, so that all machines agree.
enum JPEGCodec: PictureCodec {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  static func header(of file: [UInt8]) -> PictureHeader? {
    unsafe withDecoder { decoder in
      var (width, height, subsampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
      let status = unsafe tjDecompressHeader3(
        decoder, file, UInt(file.count), &width, &height, &subsampling, &colours)
      switch TJCS(UInt32(max(0, colours))) {
      case _ where status != 0: return nil
      case TJCS_GRAY: return PictureHeader(width: Int(width), height: Int(height), channels: 1)
      case TJCS_RGB, TJCS_YCbCr:
        return PictureHeader(width: Int(width), height: Int(height), channels: 3)
      // Inks need a profile to become colours.
      default: return nil
      }
    }
  }

  static func pixels(of file: [UInt8], _ header: PictureHeader) -> [UInt8]? {
    unsafe withDecoder { decoder in
      var pixels = [UInt8](repeating: 0, count: header.width * header.height * header.channels)
      let format = header.channels == 1 ? TJPF_GRAY : TJPF_RGB
      // A warning is a damaged file; hundreds of scans are an attack on the processor's time.
      let flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
      let status = unsafe tjDecompress2(
        decoder, file, UInt(file.count), &pixels, Int32(header.width), 0, Int32(header.height),
        format.rawValue, flags)
      return status == 0 ? pixels : nil
    }
  }

  private static func withDecoder<Result>(
    _ body: (UnsafeMutableRawPointer) -> Result?
  ) -> Result? {
    guard let decoder = unsafe tjInitDecompress() else { return nil }
    defer { unsafe tjDestroy(decoder) }
    return unsafe body(decoder)
  }
}
