package import Records

/// A kind of event whose effect on the state is known.
protocol Folding: Fact {
  /// Changes the state, or nothing of it.
  ///
  /// - Throws: `IllegalEvent` when it may not happen in this state; the state is then as it was.
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent)
}

/// Where an event lies, and when it says it was.
struct EventPlace {
  let index: Int
  let time: String
}

/// Why an event may not change anything.
package struct IllegalEvent: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { reason }
}

extension RegistryState {
  /// Takes the next event, whose signatures have been checked, on the root of all events before it;
  /// nil for one that is not signed yet.
  ///
  /// - Throws: `IllegalEvent`, the state being as it was but for its size.
  package mutating func fold(_ event: Event, on base: Digest?) throws(IllegalEvent) {
    let place = EventPlace(index: size, time: event.time)
    let entity = event.fact.entity
    defer { size = place.index + 1 }
    guard let fact = event.fact as? any Folding else {
      preconditionFailure("a kind of event without effect: \(type(of: event.fact).kind)")
    }
    guard place.index == 0 || event.registry == id else {
      throw IllegalEvent("is of another registry, '\(event.registry)'")
    }
    guard event.after == heads[entity] else {
      throw IllegalEvent(
        "follows \(Self.words(event.after)) about '\(entity)', which \(Self.words(heads[entity])) was"
      )
    }
    guard base == nil || event.base == base else {
      throw IllegalEvent("was signed on another log than lies before it")
    }
    guard event.ahead >= 0 else { throw IllegalEvent("is of a change that ends before it") }
    guard ahead == 0 || event.ahead == ahead - 1 else {
      throw IllegalEvent("lies in the middle of a change of which \(ahead) events were to come")
    }
    guard Self.isTime(event.time) else { throw IllegalEvent("has a time that is none") }
    if !(fact is ClockCorrected), ByteOrder.precedes(event.time, time) {
      throw IllegalEvent("is of \(event.time), before the event before it, of \(time)")
    }
    // Root's word on a void event is not kept back by any.
    guard fact is VoidAcknowledged || !frozen.contains(entity) else {
      throw IllegalEvent("is about '\(entity)', which is frozen by a void event")
    }
    if place.index == 0 {
      guard fact is RegistryMade else { throw IllegalEvent("begins a log and makes no registry") }
      guard Self.isID(event.registry) else { throw IllegalEvent("has an id that no registry has") }
    }
    try fact.fold(into: &self, at: place)
    id = event.registry
    heads[entity] = place.index
    time = event.time
    ahead = event.ahead
  }

  /// Takes note of an event that changes nothing.
  package mutating func void(_ index: Int, about entity: String?, because reason: String) {
    let entity = entity.flatMap { $0.isEmpty ? nil : $0 }
    voids.append(VoidState(index: index, entity: entity, reason: RegistryError.printable(reason)))
    size = index + 1
  }

  /// Takes note of an event of a program that knows more.
  package mutating func meetNewer(_ schema: Int) {
    newerSchema = max(newerSchema ?? 0, schema)
    size += 1
    // It is one of its change, whatever it says.
    ahead = max(0, ahead - 1)
  }

  private static func words(_ index: Int?) -> String { index.map { "event \($0)" } ?? "no event" }

  /// Thirty-two lower-case hexadecimal digits: they name files, and nothing else may.
  private static func isID(_ text: String) -> Bool {
    text.utf8.count == 32 && Hexadecimal.decode(text) != nil
  }

  /// `2026-11-22T09:30:00Z`.
  private static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, CalendarDate(String(text.prefix(10))) != nil else { return false }
    // No digit is above, and no clock goes on after, 23:59:59.
    return zip(bytes.dropFirst(10), "T29:59:59Z".utf8).allSatisfy { byte, most in
      (0x30...0x39).contains(most) ? (0x30...most).contains(byte) : byte == most
    } && bytes[11...12].lexicographicallyPrecedes("24".utf8)
  }
}
