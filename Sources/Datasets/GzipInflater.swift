import CZlib

/// Inflates one gzip member (RFC 1952) piece by piece, its checksum and length verified by zlib.
@safe final class GzipInflater {
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the member has ended, and its checksum held.
  private(set) var isFinished = false

  /// - Returns: nil when zlib has no memory.
  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 asks for a gzip header, 15 allows the largest window (zlib.h, inflateInit2).
    let status = unsafe inflateInit2_(
      stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates from the front of some bytes.
  ///
  /// - Returns: What came out, at most `limit` bytes, and how many bytes went in; nil for bytes that
  ///   are no gzip data or do not have its checksum.
  func inflate(_ input: ArraySlice<UInt8>, limit: Int) -> (output: [UInt8], consumed: Int)? {
    var input = Array(input)
    var status = Z_OK
    var consumed = 0
    let output = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      unsafe input.withUnsafeMutableBufferPointer { bytes in
        unsafe stream.pointee.next_in = bytes.baseAddress
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        unsafe stream.pointee.next_out = buffer.baseAddress
        unsafe stream.pointee.avail_out = UInt32(limit)
        status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        consumed = bytes.count - Int(unsafe stream.pointee.avail_in)
        filled = limit - Int(unsafe stream.pointee.avail_out)
      }
    }
    isFinished = status == Z_STREAM_END
    // Z_BUF_ERROR only says that nothing could be done without more input.
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
    return (output, consumed)
  }
}
