/// What the program tells its caller when it ends.
package enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
  case done = 0
  case failed = 1
  case refused = 3
  case unverified = 4
  /// `EX_USAGE` of sysexits.
  case usage = 64
  /// 128 + SIGINT, as shells have it.
  case interrupted = 130

  /// What it means where a command says nothing more exact.
  var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "failed; standard error says why"
    case .refused: "refused by policy; standard error says why"
    case .unverified: "something stored does not verify; standard error names it"
    case .usage: "wrong usage; nothing was done"
    case .interrupted: "interrupted; it can be run again"
    }
  }
}
