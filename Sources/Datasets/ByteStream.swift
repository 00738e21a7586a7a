/// Reads a file from front to back in exact pieces, inflating it when it is gzip'd.
struct ByteStream: ~Copyable {
  let file: String
  /// How many bytes of the content, inflated, were given.
  private(set) var offset = 0

  private static let pieceSize = 1 << 16
  private let source: OpenFile
  private let inflater: GzipInflater?
  /// Bytes of the file that are not inflated yet; unused for plain files.
  private var compressed: ArraySlice<UInt8>
  /// Content that was not given yet.
  private var content: ArraySlice<UInt8>

  /// Opens a file; one that begins with 1F 8B is gzip'd.
  ///
  /// - Throws: `DatasetError.unreadable`.
  init(_ file: String) throws(DatasetError) {
    let source = try OpenFile(file)
    let first = try source.next(Self.pieceSize)
    let isCompressed = first.starts(with: [0x1F, 0x8B])
    let inflater = isCompressed ? GzipInflater() : nil
    guard !isCompressed || inflater != nil else {
      throw .unreadable(file: file, reason: "no memory to inflate it")
    }
    self.file = file
    self.source = source
    self.inflater = inflater
    compressed = isCompressed ? first[...] : []
    content = isCompressed ? [] : first[...]
  }

  /// Exactly that many bytes, which are to be few: records, not files.
  ///
  /// - Throws: `DatasetError.damaged` where the content ends before.
  mutating func next(_ count: Int, of what: String) throws(DatasetError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      if content.isEmpty { try refill() }
      guard !content.isEmpty else {
        throw damaged(
          "it ends in \(what), after \(bytes.count) of \(count) bytes", at: offset + bytes.count)
      }
      let part = content.prefix(count - bytes.count)
      bytes += part
      content = content.dropFirst(part.count)
    }
    offset += count
    return bytes
  }

  /// Whether no content is left.
  mutating func isAtEnd() throws(DatasetError) -> Bool {
    if content.isEmpty { try refill() }
    return content.isEmpty
  }

  /// Makes sure that nothing follows.
  ///
  /// - Throws: `DatasetError.damaged` for trailing bytes.
  mutating func requireEnd() throws(DatasetError) {
    guard try isAtEnd() else { throw damaged("more bytes follow where it should end") }
  }

  /// An error at a place of the content, or where reading is.
  func damaged(_ reason: String, at place: Int? = nil) -> DatasetError {
    .damaged(file: file, offset: place ?? offset, reason: reason)
  }

  private mutating func refill() throws(DatasetError) {
    guard let inflater else {
      content = try source.next(Self.pieceSize)[...]
      return
    }
    while content.isEmpty {
      if compressed.isEmpty { compressed = try source.next(Self.pieceSize)[...] }
      if inflater.isFinished {
        guard compressed.isEmpty else { throw damaged("more bytes follow its gzip data") }
        return
      }
      guard !compressed.isEmpty else { throw damaged("its gzip data is cut off") }
      // A step that neither takes nor gives a byte would be repeated for ever.
      guard let step = inflater.inflate(compressed, limit: Self.pieceSize),
        step.consumed > 0 || !step.output.isEmpty || inflater.isFinished
      else { throw damaged("its gzip data is damaged") }
      compressed = compressed.dropFirst(step.consumed)
      content = step.output[...]
    }
  }
}
