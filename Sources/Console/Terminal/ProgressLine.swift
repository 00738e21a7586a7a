import Synchronization

/// One line on standard error that says what is done, how far it is, and how long it still takes.
///
/// It is drawn only where a person watches, at most ten times a second, and cleared before anything
/// else is written. Any thread may report.
package final class ProgressLine: Sendable {
  private struct State {
    var what = ""
    var beganAt = Duration.zero
    var drawnAt: Duration?
    var isVisible = false
  }

  private let terminal: Terminal
  private let isShown: Bool
  /// The time since any fixed moment.
  private let clock: @Sendable () -> Duration
  private let state = Mutex(State())

  package init(terminal: Terminal, isQuiet: Bool, clock: @escaping @Sendable () -> Duration) {
    self.terminal = terminal
    isShown = terminal.isWatched && !isQuiet
    self.clock = clock
  }

  /// Reports where the work is.
  ///
  /// - Parameters:
  ///   - what: the step, such as `training v1`; the time of a new step is counted anew.
  ///   - done: how many units of it are done.
  ///   - total: of how many; nil when nobody knows.
  package func report(_ what: String, _ done: Int, of total: Int?) {
    guard isShown else { return }
    state.withLock { state in
      let now = clock()
      if state.what != what { (state.what, state.beganAt) = (what, now) }
      if let drawnAt = state.drawnAt, now - drawnAt < .milliseconds(100) { return }
      state.drawnAt = now
      state.isVisible = true
      let text = Self.text(what, done, of: total, after: now - state.beganAt)
      terminal.errors(Array("\r\u{1B}[K\(text.harmless)".utf8))
    }
  }

  /// Takes the line away.
  package func clear() {
    state.withLock { state in
      if state.isVisible { terminal.errors(Array("\r\u{1B}[K".utf8)) }
      state.isVisible = false
      state.drawnAt = nil
    }
  }

  /// The words of the line, at most 79 columns.
  ///
  /// The time that is left is guessed after a second, from the pace so far.
  package static func text(
    _ what: String, _ done: Int, of total: Int?, after elapsed: Duration
  ) -> String {
    var parts = [what]
    if let total, total > 0 {
      let share = min(max(Double(done) / Double(total), 0), 1)
      parts.append("\(Int(share * 100)) %")
      if share > 0, share < 1, elapsed >= .seconds(1) {
        let left = (elapsed / .seconds(1)) * (1 - share) / share
        parts.append("\(words(seconds: left)) left")
      }
    } else {
      parts.append(words(seconds: elapsed / .seconds(1)))
    }
    let tail = parts.dropFirst().map { ", \($0)" }.joined()
    return String(what.prefix(max(0, 79 - tail.count))) + tail
  }

  private static func words(seconds: Double) -> String {
    let whole = Int(min(seconds, 1e6).rounded(.up))
    return switch whole {
    case ..<60: "\(whole) s"
    case ..<3600: "\(whole / 60) min \(whole % 60) s"
    default: "\(whole / 3600) h \(whole / 60 % 60) min"
    }
  }
}
