/// The header of an IDX file, and its content as far as it was read (yann.lecun.com/exdb/mnist).
///
/// Two zero bytes, the type (8: unsigned bytes), the number of dimensions, then each dimension in
/// 32 bits, the highest byte first.
struct IDXFile: ~Copyable {
  let dimensions: [Int]
  private var stream: ByteStream

  /// Opens a file, gzip'd or not, and reads its header.
  ///
  /// - Throws: `DatasetError.damaged` for another magic number, type or number of dimensions.
  init(_ path: String) throws(DatasetError) {
    var stream = try ByteStream(path)
    let magic = try stream.next(4, of: "the magic number")
    guard magic[0] == 0, magic[1] == 0 else {
      throw stream.damaged("an IDX file begins with two zero bytes", at: 0)
    }
    guard magic[2] == 8 else {
      throw stream.damaged("the type is \(magic[2]), not 8 for unsigned bytes", at: 2)
    }
    guard [1, 3, 4].contains(magic[3]) else {
      throw stream.damaged(
        "\(magic[3]) dimensions; labels have 1, images 3, or 4 with channels", at: 3)
    }
    var dimensions: [Int] = []
    for _ in 0..<magic[3] {
      let bytes = try stream.next(4, of: "the dimensions")
      dimensions.append(bytes.reduce(0) { $0 << 8 | Int($1) })
    }
    self.dimensions = dimensions
    self.stream = stream
  }

  var file: String { stream.file }
  var recordCount: Int { dimensions[0] }
  var isLabels: Bool { dimensions.count == 1 }

  /// `[height, width, channels]` of one image.
  var imageShape: [Int] { dimensions.count == 3 ? dimensions[1...] + [1] : Array(dimensions[1...]) }

  /// The labels, as many as the header says and no more.
  mutating func labels() throws(DatasetError) -> [Int] {
    guard recordCount <= ImageLimits.recordCount else {
      throw stream.damaged("\(recordCount) labels; there can be \(ImageLimits.recordCount)", at: 4)
    }
    var labels: [Int] = []
    while labels.count < recordCount {
      // Piece by piece, so that memory grows with what is there, not with what the header says.
      let piece = try stream.next(min(1 << 16, recordCount - labels.count), of: "the labels")
      labels += piece.map(Int.init)
    }
    try stream.requireEnd()
    return labels
  }

  /// Makes sure that the header promises no more than a data set of images can have.
  func requireUsableExtents() throws(DatasetError) {
    if let objection = ImageLimits.objection(recordCount: recordCount, shape: imageShape) {
      throw damaged(objection)
    }
  }

  /// Hands every image over, once its extents were held usable, and makes sure that nothing follows.
  mutating func copyImages(to writer: inout PixelStore.Writer) throws(DatasetError) {
    let size = imageShape.reduce(1, *)
    for number in 0..<recordCount {
      try writer.append(try stream.next(size, of: "image \(number + 1) of \(recordCount)"))
    }
    try stream.requireEnd()
  }

  /// An error at the header's dimensions.
  func damaged(_ reason: String, at place: Int = 4) -> DatasetError {
    stream.damaged(reason, at: place)
  }
}
