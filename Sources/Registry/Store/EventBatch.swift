package import Records
import Signing

/// The events of one change, on their way into the log.
package struct EventBatch {
  /// What is so with the events added so far.
  package private(set) var state: RegistryState
  /// The time of all its events, RFC 3339.
  package let time: String
  private(set) var events: [Event] = []

  var facts: [any Fact] { events.map(\.fact) }

  /// How the machine's clock is held against the log's last time.
  package enum ClockRule: Sendable {
    /// A clock that is more than a little behind is refused.
    case checked
    /// The batch sets the clock back: its one event may be earlier than the last.
    case corrected
    /// A clock that is behind does not count: what root must be able to say whatever the clock says.
    case ignored
  }

  /// - Throws: `RegistryError.clockBehind`.
  init(
    _ state: RegistryState, at now: String, _ rule: ClockRule = .checked
  ) throws(RegistryError) {
    self.state = state
    time =
      switch rule {
      case .checked: try Self.time(now, after: state.time)
      case .corrected: now
      case .ignored: ByteOrder.precedes(now, state.time) ? state.time : now
      }
  }

  /// The index the next event gets.
  package var nextIndex: Int { state.size }

  /// Adds an event, if the fold takes it.
  ///
  /// - Throws: `RegistryError.illegal`.
  package mutating func add(_ fact: some Fact) throws(RegistryError) {
    // On which log it is signed depends on the signatures of those before it.
    let event = Event(
      registry: state.id, after: state.heads[fact.entity], base: MerkleAccumulator().root,
      time: time, fact: fact)
    // In place, as a copy would cost as much as the whole state: an event that is refused has changed
    // nothing but the count.
    let size = state.size
    do throws(IllegalEvent) {
      try state.fold(event, on: nil)
    } catch {
      state.size = size
      throw .illegal(kind: type(of: fact).kind, reason: error.reason)
    }
    events.append(event)
  }

  /// The clock's time, or the log's where the clock is a little behind it.
  ///
  /// - Throws: `RegistryError.clockBehind` for more than five minutes.
  private static func time(
    _ now: String, after last: String
  ) throws(RegistryError) -> String {
    guard ByteOrder.precedes(now, last) else { return now }
    guard let behind = Timestamp.seconds(of: last), let seconds = Timestamp.seconds(of: now),
      behind - seconds < 300
    else { throw .clockBehind(now: now, last: last) }
    return last
  }
}

/// Times as the log has them.
enum Timestamp {
  /// The seconds since the beginning of 1970 of `2026-11-22T09:30:00Z`; nil for another text.
  static func seconds(of text: String) -> Int? {
    let parts = text.utf8.split(whereSeparator: { !(0x30...0x39).contains($0) })
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard parts.count == 6, text.utf8.count == 20,
      let date = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
    else { return nil }
    // Days of the civil calendar, counted from March so that the leap day is the year's last.
    let year = date.month <= 2 ? date.year - 1 : date.year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1
    let days =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return days * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5]
  }
}
