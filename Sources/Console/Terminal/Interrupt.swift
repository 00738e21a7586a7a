import Glibc
import Synchronization

/// Whether somebody pressed Ctrl-C, or asked the process to end.
///
/// Work asks between its steps, through the closures that take its progress, and ends by throwing;
/// what it had begun is then undone or left as a crash would leave it.
package final class Interrupt: Sendable {
  private let count = Atomic<Int>(0)

  package init() {}

  /// The one that the signals of this process raise.
  static let ofProcess = Interrupt()

  package var isRaised: Bool { count.load(ordering: .relaxed) > 0 }

  /// Raises it, and says how often it was raised before.
  @discardableResult
  package func raise() -> Int { count.add(1, ordering: .relaxed).oldValue }

  /// Ends the work when it was interrupted.
  package func check() throws(Interrupted) {
    if isRaised { throw Interrupted() }
  }

  /// Lets SIGINT and SIGTERM raise the flag; the second of them ends the process at once.
  ///
  /// SIGPIPE is ignored: a closed pipe then shows when it is written to, and the work goes on.
  static func listen() {
    // The flag must exist before the handler runs, which may not make it.
    _ = ofProcess.isRaised
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interrupt.ofProcess.raise() > 0 { _exit(ExitStatus.interrupted.rawValue) }
      }
    }
    signal(SIGPIPE, SIG_IGN)
  }
}

/// The end of work that was interrupted; exit status 130.
package struct Interrupted: Error, Equatable, CustomStringConvertible {
  package var description: String { "interrupted" }
}
