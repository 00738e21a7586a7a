/// A closed interval that a figure is believed to lie in.
package struct Interval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The smallest interval that holds all of them; nil when there is none.
  package static func hull(_ intervals: [Interval]) -> Interval? {
    guard let low = intervals.map(\.low).min(), let high = intervals.map(\.high).max() else {
      return nil
    }
    return Interval(low: low, high: high)
  }

  /// The interval moved by a distance.
  package func shifted(by distance: Double) -> Interval {
    Interval(low: low + distance, high: high + distance)
  }
}
