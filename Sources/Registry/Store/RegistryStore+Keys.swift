import Records
package import Signing

extension RegistryStore {
  /// The registry's private key.
  ///
  /// - Throws: `RegistryError.keyExposed` when others can read its file.
  package func signingKey() throws(RegistryError) -> PrivateKey {
    try Self.privateKey(in: layout)
  }

  /// The key that the registry's signatures are checked with.
  package func verificationKey() throws(RegistryError) -> PublicKey {
    try Self.publicKey(in: layout)
  }

  static func publicKey(in layout: RegistryLayout) throws(RegistryError) -> PublicKey {
    let file = RegistryLayout.publicKey
    guard try FileStatus(of: layout.path(file)) != nil else {
      throw .corrupted(file: file, reason: "it is missing")
    }
    let pem = try DurableFiles.read(layout.path(file), limit: 1 << 16)
    do throws(SigningError) {
      return try PublicKey(pem: pem)
    } catch {
      throw .corrupted(file: file, reason: "\(error)")
    }
  }

  static func privateKey(in layout: RegistryLayout) throws(RegistryError) -> PrivateKey {
    let file = layout.path(RegistryLayout.privateKey)
    guard let status = try FileStatus(of: file) else {
      throw .signing(file: file, reason: "it is missing")
    }
    guard status.isPlainFile, status.mode & 0o077 == 0 else {
      throw .keyExposed(file: file, mode: "0" + String(status.mode, radix: 8))
    }
    let pem = try DurableFiles.read(file, limit: 1 << 16)
    do throws(SigningError) {
      return try PrivateKey(pem: pem)
    } catch {
      throw .signing(file: file, reason: "\(error)")
    }
  }

  /// Makes the pair, or takes up the private key that an interrupted `create` left.
  static func makeKeys(in layout: RegistryLayout) throws(RegistryError) -> PrivateKey {
    let staging = layout.path(RegistryLayout.staging)
    if try FileStatus(of: layout.path(RegistryLayout.privateKey)) == nil {
      let made = try newKey()
      try DurableFiles.replace(
        layout.path(RegistryLayout.privateKey), with: made, mode: 0o600, staging: staging)
    }
    let key = try privateKey(in: layout)
    try DurableFiles.replace(
      layout.path(RegistryLayout.publicKey), with: Array(key.publicKey.pem.utf8), staging: staging)
    return key
  }

  private static func newKey() throws(RegistryError) -> [UInt8] {
    do throws(SigningError) {
      return try PrivateKey.generate().pem()
    } catch {
      throw .signing(file: RegistryLayout.privateKey, reason: "\(error)")
    }
  }
}
