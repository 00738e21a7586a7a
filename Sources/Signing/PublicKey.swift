import COpenSSL
import Records

/// A public key, as the bytes of its SubjectPublicKeyInfo.
package struct PublicKey: Hashable, Sendable {
  /// The SubjectPublicKeyInfo in DER: P-256 by name with an uncompressed point (RFC 5480), 91 bytes,
  /// or Ed25519 (RFC 8410), 44 bytes.
  package let der: [UInt8]
  package let algorithm: KeyAlgorithm
  /// The name a signature bundle calls the key by: SHA-256 of the canonical PEM, in hexadecimal.
  package let hint: String

  /// The public half of a key; any kind but these two is refused.
  init(of key: borrowing EVPKey) throws(SigningError) {
    let der = key.publicDER()
    guard let algorithm = Self.algorithm(of: der) else { throw .key(.otherAlgorithm) }
    self.der = der
    self.algorithm = algorithm
    hint = SHA256.digest(of: Self.pem(of: der)).hex
  }

  /// Takes exactly the bytes of a SubjectPublicKeyInfo.
  ///
  /// - Throws: `SigningError.key` when they are none, or a point is not on its curve.
  package init(der: [UInt8]) throws(SigningError) {
    guard let algorithm = Self.algorithm(of: der), let key = Self.parsed(der),
      key.publicDER() == der
    else { throw .key(.noPublicKey) }
    self.der = der
    self.algorithm = algorithm
    hint = SHA256.digest(of: Self.pem(of: der)).hex
  }

  package static func == (left: PublicKey, right: PublicKey) -> Bool { left.der == right.der }

  package func hash(into hasher: inout Hasher) { hasher.combine(der) }

  private static func algorithm(of der: [UInt8]) -> KeyAlgorithm? {
    KeyAlgorithm.allCases.first {
      der.starts(with: $0.encoding.prefix)
        && der.count == $0.encoding.prefix.count + $0.encoding.rest
    }
  }

  private static func parsed(_ der: [UInt8]) -> EVPKey? {
    let key = unsafe der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      return unsafe d2i_PUBKEY(nil, &next, buffer.count)
    }
    guard let key = unsafe key else {
      ERR_clear_error()
      return nil
    }
    return unsafe EVPKey(owning: key)
  }

  /// The 32 bytes of an Ed25519 key; nil for another kind.
  package var rawEd25519: [UInt8]? { algorithm == .ed25519 ? Array(der.suffix(32)) : nil }

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
  package var pem: String { Self.pem(of: der) }

  private static func pem(of der: [UInt8]) -> String {
    let body = Base64.encode(der)
    var lines = "-----BEGIN PUBLIC KEY-----\n"
    var rest = Substring(body)
    while !rest.isEmpty {
      lines += rest.prefix(64) + "\n"
      rest = rest.dropFirst(64)
    }
    return lines + "-----END PUBLIC KEY-----\n"
  }

  /// Whether the bytes are a signature of the message by this key: ECDSA in DER over SHA-256, or the
  /// 64 bytes of Ed25519.
  package func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    // An Ed25519 key needs no parsing, which would take as long as the signature's check.
    if let raw = rawEd25519 {
      return Ed25519.isValid(signature: signature, for: message, key: raw)
    }
    guard let key = Self.parsed(der), let context = unsafe EVP_MD_CTX_new() else { return false }
    defer {
      unsafe EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key.pointer) == 1 else {
      return false
    }
    return unsafe EVP_DigestVerify(
      context, signature, signature.count, message, message.count) == 1
  }
}
