import COpenSSL

/// A private key; it never prints itself, and leaves only as PKCS#8.
///
/// OpenSSL keys are safe to share between threads that only sign.
@safe
package struct PrivateKey: ~Copyable, @unchecked Sendable {
  private let key: EVPKey
  /// The half that everybody may have.
  package let publicKey: PublicKey

  private init(_ key: consuming EVPKey) throws(SigningError) {
    let publicKey = try PublicKey(of: key)
    guard key.isPair else { throw .key(.halvesDiffer) }
    self.publicKey = publicKey
    self.key = key
  }

  /// Makes a new key from the system's random source.
  ///
  /// - Throws: `SigningError.key(.cannotGenerate)`.
  package static func generate(
    _ algorithm: KeyAlgorithm = .p256
  ) throws(SigningError) -> PrivateKey {
    let kind = algorithm == .p256 ? EVP_PKEY_EC : EVP_PKEY_ED25519
    guard let context = unsafe EVP_PKEY_CTX_new_id(kind, nil) else {
      throw .key(.cannotGenerate)
    }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    guard unsafe EVP_PKEY_keygen_init(context) == 1 else { throw .key(.cannotGenerate) }
    if algorithm == .p256 {
      guard unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1
      else { throw .key(.cannotGenerate) }
    }
    var made: OpaquePointer?
    guard unsafe EVP_PKEY_keygen(context, &made) == 1, let pointer = unsafe made
    else { throw .key(.cannotGenerate) }
    return try unsafe PrivateKey(EVPKey(owning: pointer))
  }

  /// Reads a PEM text: PKCS#8, or SEC 1 as older tools write it.
  ///
  /// - Throws: `SigningError.key` when there is no key, it is encrypted, its curve is another, or its
  ///   public half belongs to another private one.
  package init(pem: [UInt8]) throws(SigningError) {
    guard pem.count <= KeyFlaw.sizeLimit else { throw .key(.noPrivateKey) }
    let text = MemoryBIO(pem)
    // Without a callback of ours OpenSSL would ask the terminal for the pass phrase.
    var wasAsked = false
    let pointer = unsafe withUnsafeMutablePointer(to: &wasAsked) { asked in
      unsafe PEM_read_bio_PrivateKey(
        text.pointer, nil,
        { _, _, _, asked in
          unsafe asked?.assumingMemoryBound(to: Bool.self).pointee = true
          return -1
        }, asked)
    }
    ERR_clear_error()
    guard let pointer = unsafe pointer else {
      throw .key(wasAsked ? .encrypted : .noPrivateKey)
    }
    try unsafe self.init(EVPKey(owning: pointer))
  }

  /// The key as an unencrypted PKCS#8 PEM text; whoever writes it to a file gives it mode 0600.
  package func pem() -> [UInt8] {
    let text = MemoryBIO()
    let status = unsafe PEM_write_bio_PKCS8PrivateKey(
      text.pointer, key.pointer, nil, nil, 0, nil, nil)
    precondition(status == 1, "OpenSSL cannot write a key it made")
    return text.bytes()
  }

  /// The signature of the message: ECDSA in DER over SHA-256, other bytes every time, or the 64 bytes
  /// of Ed25519, the same every time.
  ///
  /// - Throws: `SigningError.key(.cannotSign)`.
  package func signature(for message: [UInt8]) throws(SigningError) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .key(.cannotSign) }
    defer { unsafe EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 80)
    var length = signature.count
    let digest = unsafe publicKey.algorithm == .p256 ? EVP_sha256() : nil
    guard unsafe EVP_DigestSignInit(context, nil, digest, nil, key.pointer) == 1,
      unsafe EVP_DigestSign(context, &signature, &length, message, message.count) == 1
    else { throw .key(.cannotSign) }
    return Array(signature.prefix(length))
  }
}
