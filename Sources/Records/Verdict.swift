/// What a policy makes of the evidence.
package enum Verdict: String, Hashable, Sendable, Codable, Comparable {
  case fail = "FAIL"
  case warn = "WARN"
  case pass = "PASS"

  private var rank: Int {
    switch self {
    case .fail: 0
    case .warn: 1
    case .pass: 2
    }
  }

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
}

/// How one check came out.
package enum CheckStatus: String, Hashable, Sendable, Codable {
  case pass = "PASS"
  case warn = "WARN"
  case fail = "FAIL"
  /// Measured, but too few records to tell; counts as WARN.
  case inconclusive = "INCONCLUSIVE"
  /// What it needs was not at hand.
  case notAssessed = "NOT_ASSESSED"
}
