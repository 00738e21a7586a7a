import Records
import Signing

/// How long the log was and what its last line was, signed by the registry.
///
/// The text is a signed note (C2SP signed-note) over `origin\nsize\nbase64(head)\n`. The key is
/// ECDSA, whose key id is the beginning of SHA-256 of the public key's DER, as Rekor has it.
struct Checkpoint: Hashable {
  let origin: String
  let size: Int
  /// SHA-256 of the last line; of nothing when there is none.
  let head: Digest

  static let emptyHead = SHA256.digest(of: [])

  private var body: String { "\(origin)\n\(size)\n\(Base64.encode(head.bytes))\n" }

  func signed(by key: borrowing PrivateKey) throws(SigningError) -> [UInt8] {
    let signature = try key.signature(for: Array(body.utf8))
    let stamp = Base64.encode(Self.keyID(key.publicKey) + signature)
    return Array("\(body)\n— \(origin) \(stamp)\n".utf8)
  }

  /// Reads a note and checks its signature.
  ///
  /// - Throws: `RegistryError.corrupted` naming the checkpoint.
  init(note: [UInt8], key: PublicKey, file: String) throws(RegistryError) {
    func flaw(_ reason: String) -> RegistryError { .corrupted(file: file, reason: reason) }
    guard let text = String(validating: note, as: UTF8.self) else { throw flaw("it is no text") }
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: Array($0), as: UTF8.self) }
    guard lines.count == 6, lines[3].isEmpty, lines[5].isEmpty else {
      throw flaw("it is no signed note of three lines")
    }
    guard let size = Int(lines[1]), size >= 0, "\(size)" == lines[1],
      let head = try? Base64.decode(lines[2]), head.count == 32
    else { throw flaw("its size or head cannot be read") }
    self.init(origin: lines[0], size: size, head: Digest(bytes: head))
    let prefix = "— \(origin) "
    guard lines[4].utf8.starts(with: prefix.utf8),
      let stamp = try? Base64.decode(String(lines[4].dropFirst(prefix.count))), stamp.count > 4,
      Array(stamp.prefix(4)) == Self.keyID(key),
      key.isValid(signature: Array(stamp.dropFirst(4)), for: Array(body.utf8))
    else { throw flaw("it is not signed by the registry's key") }
  }

  init(origin: String, size: Int, head: Digest) {
    self.origin = origin
    self.size = size
    self.head = head
  }

  private static func keyID(_ key: PublicKey) -> [UInt8] {
    Array(SHA256.digest(of: key.der).bytes.prefix(4))
  }
}
