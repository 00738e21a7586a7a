import COpenSSL

/// Bytes nobody can guess, for salts and keys only: nothing that must be repeatable may use them.
package enum RandomBytes {
  /// Draws bytes from OpenSSL's generator.
  ///
  /// - Throws: `SigningError.randomnessUnavailable`.
  package static func make(_ count: Int) throws(SigningError) -> [UInt8] {
    precondition(count >= 0 && count <= 1 << 20, "salts and keys are short")
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe RAND_bytes(&bytes, Int32(count)) == 1 else { throw .randomnessUnavailable }
    return bytes
  }
}
