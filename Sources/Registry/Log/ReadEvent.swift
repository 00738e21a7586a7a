import Records
import Signing

/// An event of the tail with all that its own bytes and the registry's keys say of it.
///
/// This is the dear part of folding, and depends on no other event: it is done by many threads ahead.
struct ReadEvent: Sendable {
  let bytes: [UInt8]
  let leaf: Digest
  let envelope: Result<EventEnvelope, EventError>
  private let keys: [SigningRole: PublicKey]
  private let refusal: IllegalEvent?

  init(_ bytes: [UInt8], trusting keys: [SigningRole: PublicKey]) {
    self.bytes = bytes
    self.keys = keys
    leaf = MerkleTree.leafHash(bytes)
    envelope = Result { () throws(EventError) in try EventEnvelope(bytes) }
    refusal = (try? envelope.get()).flatMap { Self.refusal(of: $0, trusting: keys) }
  }

  /// Checks that every role that must have signed has, and nobody else.
  func check(trusting keys: [SigningRole: PublicKey]) throws(IllegalEvent) {
    // The keys that an event is held against are those of the events before it.
    let refusal =
      keys == self.keys
      ? self.refusal : (try? envelope.get()).flatMap { Self.refusal(of: $0, trusting: keys) }
    if let refusal { throw refusal }
  }

  private static func refusal(
    of envelope: EventEnvelope, trusting keys: [SigningRole: PublicKey]
  ) -> IllegalEvent? {
    do throws(IllegalEvent) {
      try envelope.check(trusting: keys)
      return nil
    } catch {
      return error
    }
  }
}
