import Records
import Registry

extension Workplace {
  /// Lets the log go on from the clock's time though that is earlier than its last event's.
  ///
  /// - Returns: one sentence for the person.
  /// - Throws: `Failure` when the clock is not behind the log.
  package func correctClock(because reason: String) throws -> String {
    try writing { store in
      let now = now()
      let opening = try store.sealed.seal(ReasonOpening(by: nil, reason: reason), in: .reasons)
      return try store.commit(at: now, clock: .corrected) { batch in
        let last = batch.state.time
        guard ByteOrder.precedes(now, last) else {
          throw Failure(
            "the clock says \(now) and the log's last event is of \(last): there is nothing to correct"
          )
        }
        try batch.add(ClockCorrected(opening: opening))
        return "the log goes on from \(now), though its last event was of \(last)"
      }
    }
  }

  /// Says in root's name that a void event was seen, so that what it was about may change again.
  ///
  /// - Returns: one sentence for the person.
  /// - Throws: `Failure` when that event is not void, or was acknowledged before.
  package func acknowledgeVoid(_ index: Int, because reason: String) throws -> String {
    try writing { store in
      try Self.checkWaiting(index, in: store.state)
      let opening = try store.sealed.seal(ReasonOpening(by: nil, reason: reason), in: .reasons)
      // Though the clock is behind: that may be what the void event keeps from being corrected.
      return try store.commit(at: now(), clock: .ignored) { batch in
        let about = try Self.checkWaiting(index, in: batch.state)
        try batch.add(VoidAcknowledged(index: index, opening: opening))
        return "event \(index) stays void" + (about.map { ", and '\($0)' may change again" } ?? "")
      }
    }
  }

  /// What a void event that waits for root was about.
  @discardableResult
  private static func checkWaiting(_ index: Int, in state: RegistryState) throws -> String? {
    guard let void = state.voids.first(where: { $0.index == index }) else {
      let waiting = state.voids.filter { !$0.isAcknowledged }.map { "\($0.index)" }
      throw Failure(
        "event \(index) is not void",
        hint: waiting.isEmpty
          ? "no event waits for root" : "these are: \(waiting.joined(separator: ", "))")
    }
    guard !void.isAcknowledged else { throw Failure("event \(index) was acknowledged before") }
    return void.entity
  }
}
