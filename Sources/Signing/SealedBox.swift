import COpenSSL

/// A key for sealing; it never prints itself.
package struct SealingKey: Sendable, CustomStringConvertible {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// Takes 32 bytes; nil for fewer or more.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  package var description: String { "a sealing key" }
}

/// AES-256-GCM (NIST SP 800-38D): twelve random bytes, the text, sixteen bytes that vouch for it.
package enum SealedBox {
  private static let nonceSize = 12
  private static let tagSize = 16

  /// Seals a text for who has the key; `context` must be said again to open it.
  ///
  /// - Throws: `SigningError.randomnessUnavailable`.
  package static func seal(
    _ plain: [UInt8], key: SealingKey, context: [UInt8]
  ) throws(SigningError) -> [UInt8] {
    seal(plain, key: key, context: context, nonce: try RandomBytes.make(nonceSize))
  }

  /// The same with a given nonce, which must never serve a key twice.
  static func seal(
    _ plain: [UInt8], key: SealingKey, context: [UInt8], nonce: [UInt8]
  ) -> [UInt8] {
    let cipher = GCM(key, nonce, isSealing: true)
    cipher.take(context: context)
    let text = cipher.take(plain)
    guard cipher.finish(), let tag = cipher.tag(tagSize) else {
      preconditionFailure("OpenSSL cannot seal")
    }
    return nonce + text + tag
  }

  /// Opens a box.
  ///
  /// - Throws: `SigningError.sealBroken` when a bit of it, the key or the context is another.
  package static func open(
    _ box: [UInt8], key: SealingKey, context: [UInt8]
  ) throws(SigningError) -> [UInt8] {
    guard box.count >= nonceSize + tagSize else { throw .sealBroken }
    let cipher = GCM(key, Array(box.prefix(nonceSize)), isSealing: false)
    cipher.take(context: context)
    let plain = cipher.take(Array(box[nonceSize..<(box.count - tagSize)]))
    guard cipher.expect(tag: Array(box.suffix(tagSize))), cipher.finish() else {
      throw .sealBroken
    }
    return plain
  }
}

/// OpenSSL's cipher for one box.
@safe
private struct GCM: ~Copyable {
  private let context: OpaquePointer

  /// Looked for once, as OpenSSL goes through its providers at every use otherwise.
  nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let found = unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) else {
      preconditionFailure("OpenSSL has no AES-256-GCM")
    }
    return unsafe found
  }()

  init(_ key: SealingKey, _ nonce: [UInt8], isSealing: Bool) {
    guard let context = unsafe EVP_CIPHER_CTX_new() else {
      preconditionFailure("OpenSSL has no memory for a cipher")
    }
    unsafe self.context = unsafe context
    let isReady = unsafe EVP_CipherInit_ex(
      context, Self.algorithm, nil, key.bytes, nonce, isSealing ? 1 : 0)
    precondition(isReady == 1, "OpenSSL has no AES-256-GCM")
  }

  deinit { unsafe EVP_CIPHER_CTX_free(context) }

  func take(context bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    var count: Int32 = 0
    let status = unsafe EVP_CipherUpdate(context, nil, &count, bytes, Int32(bytes.count))
    precondition(status == 1, "OpenSSL takes the context of a box")
  }

  /// The other side of the bytes.
  func take(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    var other = [UInt8](repeating: 0, count: bytes.count)
    var count: Int32 = 0
    let status = unsafe EVP_CipherUpdate(context, &other, &count, bytes, Int32(bytes.count))
    precondition(status == 1 && Int(count) == bytes.count, "OpenSSL takes the text of a box")
    return other
  }

  func finish() -> Bool {
    var rest = [UInt8](repeating: 0, count: 16)
    var count: Int32 = 0
    defer { ERR_clear_error() }
    return unsafe EVP_CipherFinal_ex(context, &rest, &count) == 1
  }

  func tag(_ size: Int) -> [UInt8]? {
    var tag = [UInt8](repeating: 0, count: size)
    let status = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(size), &tag)
    return status == 1 ? tag : nil
  }

  func expect(tag: [UInt8]) -> Bool {
    var tag = tag
    return unsafe EVP_CIPHER_CTX_ctrl(
      context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
  }
}
