import COpenSSL
package import Records

/// HMAC with SHA-256 (RFC 2104, RFC 4231), computed by OpenSSL.
package enum HMACSHA256 {
  /// The authentication code of a message under a key of any length.
  package static func code(key: [UInt8], message: [UInt8]) -> Digest {
    var code = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    // An empty array may have no address, and OpenSSL takes an absent key for a reused one.
    let padded = key.isEmpty ? [0] : key
    let result = unsafe HMAC(
      EVP_sha256(), padded, Int32(key.count), message, message.count, &code, &length)
    precondition(unsafe result != nil && length == 32, "OpenSSL cannot compute an HMAC")
    return Digest(bytes: code)
  }
}
