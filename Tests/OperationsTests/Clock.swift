import Foundation

/// A clock that goes a second on whenever it is read, so that every run of a test has the same times.
final class Clock {
  private(set) var seconds: Int

  init(seconds: Int = 0) { self.seconds = seconds }

  func now() -> String {
    seconds += 1
    let (minute, second) = (seconds / 60, seconds % 60)
    return "2026-11-22T10:"
      + [minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":") + "Z"
  }
}
