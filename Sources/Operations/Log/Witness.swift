import Records
import Registry
import Signing
import TransparencyLog

/// What a witness is asked to do.
package struct WitnessOrder: Sendable {
  /// The Ed25519 private key, PKCS#8 in PEM.
  package let keyPath: String
  /// The name the witness signs under.
  package let name: String
  /// Where the last checkpoint it cosigned is kept.
  package let statePath: String

  package init(keyPath: String, name: String, statePath: String) {
    self.keyPath = keyPath
    self.name = name
    self.statePath = statePath
  }
}

extension Workplace {
  /// Cosigns a registry's checkpoint, if its log goes on from the one cosigned before.
  ///
  /// A witness is somebody else, on a machine of their own: who has its word knows that the log was
  /// not told differently to two people.
  ///
  /// - Returns: the checkpoint's note with the cosignature.
  /// - Throws: `Failure` of kind `unverified` when the log does not go on.
  package func witness(_ order: WitnessOrder) throws -> [UInt8] {
    try checkOutside(order.statePath)
    return try assuring { store in
      if ReportFiles.exists(order.statePath) {
        let (extends, size) = try store.extends(checkpointIn: order.statePath)
        guard extends else {
          throw Failure(
            "the log does not go on from the \(size) events that were witnessed before",
            kind: .unverified)
        }
      }
      let key = try PrivateKey(pem: try Self.read(order.keyPath, limit: 1 << 16))
      let note = try SignedNote(parsing: store.checkpoint)
      guard let time = Self.unixTime(now()), let now = UInt64(exactly: time) else {
        throw Failure("the clock gives no time since 1970", hint: "set the clock of this machine")
      }
      let cosigned = SignedNote(
        text: note.text,
        signatures: note.signatures + [
          try Cosignature.signature(of: note, name: order.name, at: now, with: key)
        ])
      try ReportFiles.write(store.checkpoint, to: order.statePath)
      return cosigned.encoded
    }
  }
}
