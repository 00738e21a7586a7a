/// What a key may sign.
///
/// One machine may hold all of them; the format keeps them apart, so that they can be divided.
package enum SigningRole: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Trust, policies, the clock, and what to do about void events.
  case root
  /// Data sets, requests, and alias moves within policy.
  case desk
  /// Approving, refusing, overriding, erasing.
  case officer
  /// What the program did: runs, versions, searches, receipts.
  case engine
  /// What the program measured.
  case verifier
  /// Checkpoints and kept states.
  case log
  /// Cosignatures of somebody else's log.
  case witness
  /// Model signatures in the OpenSSF format, which knows no Ed25519.
  case publisher

  package static func < (left: SigningRole, right: SigningRole) -> Bool {
    ByteOrder.precedes(left.rawValue, right.rawValue)
  }
}

/// A public key and what it may sign.
package struct TrustedKey: Hashable, Sendable, Codable {
  package let role: SigningRole
  /// The SubjectPublicKeyInfo in DER, as hexadecimal digits.
  package let key: String

  package init(role: SigningRole, key: String) {
    self.role = role
    self.key = key
  }
}
