import FoundationEssentials

/// The clock, read in one place.
package enum Moment {
  /// The time now, such as `2026-11-22T09:30:00Z`.
  package static func now() -> String {
    Date().formatted(.iso8601)
  }

  private static let loaded = ContinuousClock.now

  /// The time since the clock was first asked; it never goes back.
  package static func sinceLoading() -> Duration { ContinuousClock.now - loaded }

  /// Today's date in UTC, out of such a text.
  package static func date(of moment: String) -> String { String(moment.prefix(10)) }
}

extension Workplace {
  /// The seconds since the beginning of 1970 of a time such as `2026-11-22T09:30:00Z`.
  static func unixTime(_ moment: String) -> Int? {
    (try? Date(moment, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) }
  }
}
