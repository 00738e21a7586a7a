package import Records
import Registry
import Signing

/// A key as lists show it.
package struct KeySummary: Sendable, Encodable {
  package let role: SigningRole
  package let algorithm: String
  /// SHA-256 of the public key's PEM text, as signatures name it.
  package let hint: String
}

extension Workplace {
  /// The keys that the log trusts, by role.
  package func keys() throws -> [KeySummary] {
    try reading { store in
      store.state.keys.sorted { $0.key < $1.key }.map { role, key in
        KeySummary(role: role, algorithm: key.algorithm.rawValue, hint: key.hint)
      }
    }
  }

  /// The public key of a role as PEM text.
  package func publicKey(of role: SigningRole) throws -> String {
    try assuring { store in try store.key(of: role).pem }
  }

  /// Writes the public key of a role into a file; one that is there with other bytes is left alone.
  package func exportPublicKey(of role: SigningRole, to path: String) throws {
    try checkOutside(path)
    let key = Array(try publicKey(of: role).utf8)
    guard !ReportFiles.exists(path) || (try? Self.read(path, limit: key.count)) == key else {
      throw Failure(
        "'\(path)' is there already and is not this key", hint: "name a file that is not there yet")
    }
    try ReportFiles.write(key, to: path)
  }
}
