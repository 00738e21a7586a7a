/// Decodes one file format of pictures.
protocol PictureCodec: SendableMetatype {
  /// The bytes every such file begins with.
  static var signature: [UInt8] { get }

  /// The size, of which only a few bytes are read; nil for a damaged file.
  static func header(of file: [UInt8]) -> PictureHeader?

  /// The pixels with the header's size and channels; nil for a damaged file.
  static func pixels(of file: [UInt8], _ header: PictureHeader) -> [UInt8]?
}

/// Decodes pictures in any of the formats, after their size was held against the limits.
enum PictureCodecs {
  static let all: [any PictureCodec.Type] = [PNGCodec.self, JPEGCodec.self]
  static let fileSizeLimit = 64_000_000
  /// Pixels of one picture as it lies there, before it is resized.
  static let pixelLimit = 64_000_000
  /// Pixels a byte of the file can stand for; no real picture comes near, a made-up header does.
  static let pixelsPerByte = 10_000

  /// What a file says of its picture.
  ///
  /// - Throws: `DatasetError.unreadable` for another format, a damaged header or too many pixels.
  static func header(of file: [UInt8], path: String) throws(DatasetError) -> PictureHeader {
    guard let header = try codec(of: file, path: path).header(of: file) else {
      throw .unreadable(file: path, reason: "its header is damaged, or of a kind not known")
    }
    guard (1...pixelLimit).contains(header.width), (1...pixelLimit).contains(header.height),
      header.width * header.height <= pixelLimit
    else {
      throw .unreadable(
        file: path,
        reason: "\(header.width)×\(header.height) pixels; a picture can have \(pixelLimit)")
    }
    guard header.width * header.height <= pixelsPerByte * file.count else {
      throw .unreadable(
        file: path,
        reason: "\(header.width)×\(header.height) pixels cannot be in \(file.count) bytes")
    }
    return header
  }

  /// The picture of a file.
  ///
  /// - Throws: `DatasetError.unreadable` as `header` does, or for pixels that are damaged or cut off.
  static func decode(_ file: [UInt8], path: String) throws(DatasetError) -> Picture {
    let header = try header(of: file, path: path)
    guard let pixels = try codec(of: file, path: path).pixels(of: file, header) else {
      throw .unreadable(file: path, reason: "its picture is damaged or cut off")
    }
    return Picture(
      width: header.width, height: header.height, channels: header.channels, pixels: pixels)
  }

  private static func codec(
    of file: [UInt8], path: String
  ) throws(DatasetError) -> any PictureCodec.Type {
    guard let codec = all.first(where: { file.starts(with: $0.signature) }) else {
      throw .unreadable(file: path, reason: "it is neither PNG nor JPEG")
    }
    return codec
  }
}
