import COpenSSL

/// A key as OpenSSL holds it; the others of this room keep only bytes.
@safe
struct EVPKey: ~Copyable {
  let pointer: OpaquePointer

  /// Takes over a key that OpenSSL made.
  init(owning pointer: OpaquePointer) {
    unsafe self.pointer = unsafe pointer
  }

  deinit { unsafe EVP_PKEY_free(pointer) }

  /// Whether the private half belongs to the public one.
  var isPair: Bool {
    guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { return false }
    defer {
      unsafe EVP_PKEY_CTX_free(context)
      ERR_clear_error()
    }
    return unsafe EVP_PKEY_pairwise_check(context) == 1
  }

  /// The SubjectPublicKeyInfo in DER.
  func publicDER() -> [UInt8] {
    let length = unsafe i2d_PUBKEY(pointer, nil)
    guard length > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(length))
    let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var next = buffer.baseAddress
      return unsafe i2d_PUBKEY(pointer, &next)
    }
    return written == length ? bytes : []
  }
}

/// Memory that OpenSSL reads PEM from and writes PEM to.
@safe
struct MemoryBIO: ~Copyable {
  let pointer: OpaquePointer

  /// An empty one that is wiped when it goes.
  init() {
    guard let pointer = unsafe BIO_new(BIO_s_secmem()) else {
      preconditionFailure("OpenSSL has no memory for a text")
    }
    unsafe self.pointer = unsafe pointer
  }

  /// One that holds the bytes; longer texts than 2 GiB are a broken caller.
  init(_ bytes: [UInt8]) {
    self.init()
    guard !bytes.isEmpty else { return }
    let written = unsafe BIO_write(pointer, bytes, Int32(bytes.count))
    precondition(Int(written) == bytes.count, "OpenSSL has no memory for a text")
  }

  deinit { unsafe BIO_free_all(pointer) }

  /// Everything written so far.
  func bytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(pointer))
    guard !bytes.isEmpty else { return [] }
    let count = unsafe BIO_read(pointer, &bytes, Int32(bytes.count))
    return Array(bytes.prefix(Int(max(count, 0))))
  }
}
