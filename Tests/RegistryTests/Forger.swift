import Records
import Signing
import TransparencyLog

@testable import Registry

/// Somebody who holds every key of a registry and puts into its log what the program would not.
struct Forger {
  let registry: TemporaryRegistry

  /// An event as the program would make it now.
  func event(
    _ fact: any Fact, registry id: String? = nil, after: Int?? = .none, base: Digest? = nil,
    time: String? = nil
  ) throws -> Event {
    let store = try registry.open()
    let state = store.state
    return Event(
      registry: id ?? state.id, after: after ?? state.lastEvent(about: fact.entity),
      base: base ?? store.log.tree.root,
      time: time ?? registry.clock.now(), fact: fact)
  }

  /// A text in an envelope, signed in the name of roles.
  func signed(
    _ text: [UInt8], as roles: [SigningRole], type: String = Event.payloadType
  ) throws -> [UInt8] {
    var envelope = DSSEEnvelope(payloadType: type, payload: text, signatures: [])
    for role in roles {
      envelope = try envelope.adding(signatureBy: try key(role))
    }
    return envelope.text
  }

  func signed(_ event: Event, as roles: [SigningRole]? = nil) throws -> [UInt8] {
    try signed(event.text, as: roles ?? event.fact.roles)
  }

  /// Puts lines into the log, under a checkpoint signed by the log's key.
  func append(_ events: [UInt8]..., hint: StatePlace? = nil) throws {
    let store = try registry.open()
    var tree = store.log.tree
    for event in events { tree.append(MerkleTree.leafHash(event)) }
    let note = try Checkpoint(
      origin: store.origin, size: tree.count, head: tree.root
    ).signed(by: try key(.log))
    let writer = try TailWriter(openingAt: registry.path("log/tail"), creating: false)
    _ = try writer.append(
      events, after: store.log.end, checkpoint: note, state: hint ?? store.log.kept)
  }

  private func key(_ role: SigningRole) throws -> PrivateKey {
    try PrivateKey(pem: try registry.read("keys/\(role.rawValue).pem"))
  }
}
