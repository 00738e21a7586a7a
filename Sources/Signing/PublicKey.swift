import COpenSSL
import Records

/// A P-256 public key, as the bytes of its SubjectPublicKeyInfo (RFC 5480).
package struct PublicKey: Hashable, Sendable {
  /// The SubjectPublicKeyInfo in DER: named curve, uncompressed point, 91 bytes.
  package let der: [UInt8]

  /// What every such encoding begins with: id-ecPublicKey, prime256v1, a bit string, `04`.
  private static let prefix: [UInt8] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A,
    0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
  ]

  /// The public half of a key; any curve but P-256 by name is refused.
  init(of key: borrowing EVPKey) throws(SigningError) {
    let der = key.publicDER()
    guard der.count == 91, der.starts(with: Self.prefix) else { throw .key(.notP256) }
    self.der = der
  }

  /// Reads the first public key of a PEM text; comments around it are passed over.
  ///
  /// - Throws: `SigningError.key` when there is none, its point is not on the curve, or the curve
  ///   is another.
  package init(pem: [UInt8]) throws(SigningError) {
    guard pem.count <= KeyFlaw.sizeLimit else { throw .key(.noPublicKey) }
    let text = MemoryBIO(pem)
    guard let pointer = unsafe PEM_read_bio_PUBKEY(text.pointer, nil, nil, nil) else {
      ERR_clear_error()
      throw .key(.noPublicKey)
    }
    try unsafe self.init(of: EVPKey(owning: pointer))
  }

  /// The canonical PEM text, as `openssl pkey -pubin -pubout` prints it.
  package var pem: String {
    let body = Base64.encode(der)
    var lines = "-----BEGIN PUBLIC KEY-----\n"
    var rest = Substring(body)
    while !rest.isEmpty {
      lines += rest.prefix(64) + "\n"
      rest = rest.dropFirst(64)
    }
    return lines + "-----END PUBLIC KEY-----\n"
  }

  /// The name a signature bundle calls the key by: SHA-256 of the canonical PEM, in hexadecimal.
  package var hint: String { SHA256.digest(of: pem).hex }

  /// Whether the bytes are a DER ECDSA signature over SHA-256 of the message by this key.
  package func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    let key = unsafe der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      return unsafe d2i_PUBKEY(nil, &next, buffer.count)
    }
    guard let key = unsafe key, let context = unsafe EVP_MD_CTX_new() else { return false }
    let owned = unsafe EVPKey(owning: key)
    defer {
      unsafe EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, owned.pointer) == 1 else {
      return false
    }
    return unsafe EVP_DigestVerify(
      context, signature, signature.count, message, message.count) == 1
  }
}
