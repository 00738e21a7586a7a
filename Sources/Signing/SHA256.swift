import COpenSSL
package import Records

/// SHA-256 (FIPS 180-4), computed by OpenSSL.
package enum SHA256 {
  /// The digest of the bytes.
  package static func digest(of bytes: [UInt8]) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The digest of a text's UTF-8 bytes.
  package static func digest(of text: String) -> Digest {
    digest(of: Array(text.utf8))
  }
}

/// SHA-256 of bytes that come piece by piece.
@safe
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// Looked for once: OpenSSL goes through its providers at every use otherwise, which takes longer
  /// than the hash of a node of a tree.
  nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let found = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
      preconditionFailure("OpenSSL has no SHA-256")
    }
    return unsafe found
  }()

  /// Begins a digest; OpenSSL without SHA-256 or without memory is a broken machine.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("OpenSSL has no memory for a digest")
    }
    unsafe self.context = unsafe context
    let status = unsafe EVP_DigestInit_ex(context, Self.algorithm, nil)
    precondition(status == 1, "OpenSSL has no SHA-256")
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Takes the next bytes.
  package mutating func update(_ bytes: RawSpan) {
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    precondition(status == 1, "OpenSSL cannot continue a digest")
  }

  /// Takes the next bytes.
  package mutating func update(_ bytes: [UInt8]) {
    unsafe update(bytes.span.bytes)
  }

  /// The digest of all the bytes taken.
  package consuming func finalize() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    let status = unsafe EVP_DigestFinal_ex(context, &bytes, nil)
    precondition(status == 1, "OpenSSL cannot finish a digest")
    return Digest(bytes: bytes)
  }
}
