import Records
import Signing

/// The private keys of the roles, as far as this process has them.
///
/// A key is held against the public one that the log trusts before anything is signed with it.
///
/// It holds them as long as it is there, which is one commit.
final class Keyring {
  let layout: RegistryLayout
  private var held: [SigningRole: HeldKey] = [:]

  init(layout: RegistryLayout) { self.layout = layout }

  /// A key that was held against the log already.
  private final class HeldKey {
    let key: PrivateKey

    init(_ key: consuming PrivateKey) { self.key = key }
  }

  /// Signs the events of a batch one after another, each on the tree with those before it.
  func sign(
    _ batch: EventBatch, on tree: inout MerkleAccumulator, trusting keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for (position, event) in batch.events.enumerated() {
      let following = event.following(tree.root, ahead: batch.events.count - 1 - position)
      let signed = try sign(following, trusting: keys)
      tree.append(MerkleTree.leafHash(signed))
      events.append(signed)
    }
    return events
  }

  /// Signs an event with the keys of its roles.
  func sign(
    _ event: Event, trusting keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> [UInt8] {
    var envelope = DSSEEnvelope(
      payloadType: Event.payloadType, payload: event.text, signatures: [])
    for role in event.fact.roles {
      envelope = try signed(envelope, by: role, trusting: keys)
    }
    let bytes = envelope.text
    guard bytes.count <= Event.sizeLimit else {
      throw .invalidName(
        what: "an event", value: type(of: event.fact).kind,
        rule: "it would have \(bytes.count) bytes and may have \(Event.sizeLimit)")
    }
    return bytes
  }

  /// Adds a role's signature.
  func signed(
    _ envelope: DSSEEnvelope, by role: SigningRole, trusting keys: [SigningRole: PublicKey]
  ) throws(RegistryError) -> DSSEEnvelope {
    let held: HeldKey
    if let known = self.held[role] {
      held = known
    } else {
      held = HeldKey(try key(of: role, trusting: keys))
      self.held[role] = held
    }
    do throws(SigningError) {
      return try envelope.adding(signatureBy: held.key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey(role), reason: "\(error)")
    }
  }

  /// The private key of a role.
  ///
  /// - Throws: `RegistryError.foreignKey` when it is not the one the log trusts.
  func key(of role: SigningRole, trusting keys: [SigningRole: PublicKey]) throws(RegistryError)
    -> PrivateKey
  {
    let key = try Self.privateKey(of: role, in: layout)
    guard key.publicKey == keys[role] else {
      throw .foreignKey(file: RegistryLayout.privateKey(role), role: role)
    }
    return key
  }

  static func privateKey(
    of role: SigningRole, in layout: RegistryLayout
  ) throws(RegistryError) -> PrivateKey {
    let file = layout.path(RegistryLayout.privateKey(role))
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

  /// Makes a role's key, in the place of any that lies there: nobody knows who made that one.
  static func make(
    _ role: SigningRole, in layout: RegistryLayout, staging: StagingArea
  ) throws(RegistryError) -> PublicKey {
    let pem: [UInt8]
    do throws(SigningError) {
      pem = try PrivateKey.generate(role == .publisher ? .p256 : .ed25519).pem()
    } catch {
      throw .signing(file: RegistryLayout.privateKey(role), reason: "\(error)")
    }
    try DurableFiles.replace(
      RegistryLayout.privateKey(role), in: layout, with: pem, mode: 0o600, staging: staging)
    let key = try privateKey(of: role, in: layout).publicKey
    try DurableFiles.replace(
      RegistryLayout.publicKey(role), in: layout, with: Array(key.pem.utf8), staging: staging)
    return key
  }
}
