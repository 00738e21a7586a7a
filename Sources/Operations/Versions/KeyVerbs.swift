import Registry
import Signing

/// A key as lists show it.
package struct KeySummary: Sendable, Encodable {
  package let purpose: String
  package let algorithm: String
  /// SHA-256 of the public key's PEM text, as model signatures name it.
  package let hint: String
}

extension Workplace {
  package func keys() throws -> [KeySummary] {
    try reading { store in
      [
        KeySummary(
          purpose: "signing", algorithm: "ECDSA P-256, SHA-256",
          hint: try store.verificationKey().hint)
      ]
    }
  }

  /// The public key as PEM text.
  package func publicKey() throws -> String {
    try reading { store in try store.verificationKey().pem }
  }

  /// Writes the public key into a file.
  package func exportPublicKey(to path: String) throws {
    try ReportFiles.write(Array(try publicKey().utf8), to: path)
  }
}
