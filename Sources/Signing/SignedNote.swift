/// A short text and its signatures in the C2SP signed-note format.
package struct SignedNote: Hashable, Sendable {
  /// The longest note read, in bytes.
  package static let sizeLimit = 1 << 20

  /// Whole lines, each with its line end.
  package let text: String
  package let signatures: [Signature]

  package init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// One signature line: `— name base64(keyID || signature)`.
  package struct Signature: Hashable, Sendable {
    package let name: String
    /// Four bytes that tell the keys of one name apart.
    package let keyID: [UInt8]
    package let bytes: [UInt8]

    package init(name: String, keyID: [UInt8], bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// Signs a text with either kind of key.
  ///
  /// - Throws: `SigningError.note` when the text or the name cannot stand in a note;
  ///   `SigningError.key(.cannotSign)`.
  package static func signing(
    _ text: String, name: String, with key: borrowing PrivateKey
  ) throws(SigningError) -> SignedNote {
    try check(text: Array(text.utf8))
    let verifier = try NoteVerifier(name: name, key: key.publicKey)
    let signature = Signature(
      name: name, keyID: verifier.keyID, bytes: try key.signature(for: Array(text.utf8)))
    return SignedNote(text: text, signatures: [signature])
  }

  /// The verifiers whose signatures are on the note.
  ///
  /// Signatures by others are passed over; one that claims a trusted name and key id must verify.
  ///
  /// - Throws: `SigningError.note(.badSignature)` or `.noTrustedSignature`.
  package func verify(trusted: [NoteVerifier]) throws(SigningError) -> [NoteVerifier] {
    var signers: Set<NoteVerifier> = []
    for signature in signatures {
      let claimed = trusted.filter { $0.name == signature.name && $0.keyID == signature.keyID }
      guard !claimed.isEmpty else { continue }
      guard
        let signer = claimed.first(where: {
          $0.isValid(signature: signature.bytes, for: Array(text.utf8))
        })
      else { throw .note(.badSignature(name: signature.name)) }
      signers.insert(signer)
    }
    guard !signers.isEmpty else { throw .note(.noTrustedSignature) }
    return trusted.filter(signers.contains)
  }

  /// A text is whole lines of UTF-8 without control characters.
  static func check(text: [UInt8]) throws(SigningError) {
    if let offset = text.firstIndex(where: { $0 < 0x20 && $0 != 0x0A }) {
      throw .note(.controlCharacter(offset: offset))
    }
    guard text.last == 0x0A else { throw .note(.noTextEnd) }
  }
}
