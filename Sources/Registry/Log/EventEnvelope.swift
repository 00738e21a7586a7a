import Records
import Signing

/// An event as it lies in the log: the exact bytes of one signed envelope.
struct EventEnvelope: Sendable {
  let event: Event
  private let envelope: DSSEEnvelope

  /// Reads the bytes; nothing is believed yet.
  ///
  /// - Throws: `EventError`.
  init(_ bytes: [UInt8]) throws(EventError) {
    guard bytes.count <= Event.sizeLimit else { throw .malformed("it is too long") }
    if let envelope = DSSEEnvelope(canonical: bytes, payloadType: Event.payloadType) {
      self.envelope = envelope
      event = try Event(text: envelope.payload)
      return
    }
    let envelope: DSSEEnvelope
    do throws(SigningError) {
      envelope = try DSSEEnvelope(parsing: bytes)
    } catch {
      throw .malformed("\(error)")
    }
    guard envelope.text == bytes else {
      throw .malformed("its envelope is not in canonical form")
    }
    guard envelope.payloadType == Event.payloadType else {
      throw .malformed("its payload is of another type")
    }
    self.envelope = envelope
    event = try Event(text: envelope.payload)
  }

  /// Checks that every role that must have signed has, and nobody else.
  func check(trusting keys: [SigningRole: PublicKey]) throws(IllegalEvent) {
    let roles = event.fact.roles
    let trusted = roles.compactMap { keys[$0] }
    guard trusted.count == roles.count else { throw IllegalEvent("is of a role that has no key") }
    guard envelope.signatures.count == roles.count else {
      throw IllegalEvent(
        "has signatures of \(envelope.signatures.count) keys where \(Self.words(roles)) must sign")
    }
    let signers: [PublicKey]
    do throws(SigningError) {
      signers = try envelope.verify(trusted: trusted)
    } catch {
      throw IllegalEvent("is not signed by \(Self.words(roles)): \(error)")
    }
    guard Set(signers) == Set(trusted) else {
      throw IllegalEvent("is not signed by \(Self.words(roles))")
    }
  }

  private static func words(_ roles: [SigningRole]) -> String {
    roles.map(\.rawValue).joined(separator: " and ")
  }
}

extension EventEnvelope {
  /// Whether bytes that this program cannot read as an event are signed by a role that says what is
  /// so: the log's key alone must not stop all deciding.
  static func isSignedByRole(_ bytes: [UInt8], trusting keys: [SigningRole: PublicKey]) -> Bool {
    guard let envelope = try? DSSEEnvelope(parsing: bytes),
      envelope.payloadType == Event.payloadType
    else { return false }
    let roles = keys.filter { $0.key != .log && $0.key != .publisher }.map(\.value)
    return (try? envelope.verify(trusted: roles)) != nil
  }
}

extension RegistryMade {
  /// The keys it names, as far as they are keys.
  var trusted: [SigningRole: PublicKey] {
    var found: [SigningRole: PublicKey] = [:]
    for key in keys {
      if let der = Hexadecimal.decode(key.key) { found[key.role] = try? PublicKey(der: der) }
    }
    return found
  }
}
