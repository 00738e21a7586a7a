import Records
package import Signing

/// A witness's word that it saw a log at a checkpoint and never a different one (C2SP tlog-cosignature,
/// Ed25519).
package enum Cosignature {
  private static let type: UInt8 = 0x04

  /// What is signed: when, and the checkpoint's text.
  private static func message(_ text: String, at time: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }

  private static func keyID(_ name: String, _ raw: [UInt8]) -> [UInt8] {
    Array(SHA256.digest(of: Array(name.utf8) + [0x0A, type] + raw).bytes.prefix(4))
  }

  /// The signature line to be added to a checkpoint's note.
  ///
  /// - Throws: `LogError.proof` for a key that is not Ed25519, or that cannot sign.
  package static func signature(
    of note: SignedNote, name: String, at time: UInt64, with key: borrowing PrivateKey
  ) throws(LogError) -> SignedNote.Signature {
    guard let raw = key.publicKey.rawEd25519 else {
      throw .proof("a witness signs with Ed25519, and this is another key")
    }
    do throws(SigningError) {
      let bytes = try key.signature(for: message(note.text, at: time))
      let big = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
      return SignedNote.Signature(name: name, keyID: keyID(name, raw), bytes: big + bytes)
    } catch {
      throw .proof("\(error)")
    }
  }

  /// When a witness cosigned a note; nil when it did not.
  package static func time(
    on note: SignedNote, name: String, key: PublicKey
  ) -> UInt64? {
    guard let raw = key.rawEd25519 else { return nil }
    for signature in note.signatures
    where signature.name == name && signature.keyID == keyID(name, raw)
      && signature.bytes.count == 72
    {
      let time = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if key.isValid(
        signature: Array(signature.bytes.dropFirst(8)), for: message(note.text, at: time))
      {
        return time
      }
    }
    return nil
  }
}
