import Records

/// A key that may have signed a note, and the name it signs under.
package struct NoteVerifier: Hashable, Sendable {
  package let name: String
  package let keyID: [UInt8]
  private let key: Key

  private enum Key: Hashable, Sendable {
    case ecdsa(PublicKey)
    case ed25519([UInt8])
  }

  /// A key: of ECDSA, type 0x02, the id is the beginning of SHA-256 of its DER; of Ed25519, type 0x01,
  /// that of its name and its 32 bytes.
  ///
  /// - Throws: `SigningError.note(.badName)`.
  package init(name: String, key: PublicKey) throws(SigningError) {
    guard Self.isName(name) else { throw .note(.badName(name)) }
    self.name = name
    if let raw = key.rawEd25519 {
      keyID = Self.keyID(name, [1] + raw)
      self.key = .ed25519(raw)
    } else {
      keyID = Array(SHA256.digest(of: key.der).bytes.prefix(4))
      self.key = .ecdsa(key)
    }
  }

  private static func keyID(_ name: String, _ typed: [UInt8]) -> [UInt8] {
    Array(SHA256.digest(of: Array(name.utf8) + [0x0A] + typed).bytes.prefix(4))
  }

  /// The text `name+keyID+base64(0x01 || key)` of an Ed25519 key; nil for another kind.
  package var verifierKey: String? {
    guard case .ed25519(let raw) = key else { return nil }
    return "\(name)+\(Hexadecimal.encode(keyID))+\(Base64.encode([1] + raw))"
  }

  /// An Ed25519 key, type 0x01, from its text `name+keyID+base64(0x01 || key)`.
  ///
  /// - Throws: `SigningError.note(.badVerifierKey)`.
  package init(verifierKey text: String) throws(SigningError) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3, Self.isName(parts[0]),
      let key = try? Base64.decode(parts[2]), key.count == 33, key[0] == 1,
      case let id = Self.keyID(parts[0], key), Hexadecimal.encode(id) == parts[1]
    else { throw .note(.badVerifierKey(text)) }
    self.name = parts[0]
    self.keyID = id
    self.key = .ed25519(Array(key.dropFirst()))
  }

  /// Whether a name can stand in a signature line: not empty, no white space, no `+`.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
      }
  }

  func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    switch key {
    case .ecdsa(let key): key.isValid(signature: signature, for: message)
    case .ed25519(let key): Ed25519.isValid(signature: signature, for: message, key: key)
    }
  }
}
