import Records

/// Text in a line, with its few kinds of emphasis.
struct Phrase: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// A stretch of one kind.
  enum Run: Hashable {
    case text(String)
    case strong(String)
    case code(String)
    /// A digest: its short form for the eye, all of it for the hand.
    case digest(Digest)
    case status(CheckStatus)
    case lineBreak
  }

  let runs: [Run]

  init(runs: [Run]) { self.runs = runs }
  init(_ text: String) { runs = [.text(text)] }
  init(stringLiteral text: String) { self.init(text) }
  init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  static let missing: Phrase = "–"

  static func code(_ text: String) -> Phrase { Phrase(runs: [.code(text)]) }
  static func digest(_ digest: Digest) -> Phrase { Phrase(runs: [.digest(digest)]) }
  static func status(_ status: CheckStatus) -> Phrase { Phrase(runs: [.status(status)]) }
  static func status(_ verdict: Verdict) -> Phrase { .status(CheckStatus(verdict)) }
  static func + (left: Phrase, right: Phrase) -> Phrase { Phrase(runs: left.runs + right.runs) }

  /// Collects the runs of a literal such as `"request \(code: id)"`.
  struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Run] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      runs.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { runs.append(.text(literal)) }
    }
    mutating func appendInterpolation(_ text: String) { runs.append(.text(text)) }
    mutating func appendInterpolation(_ number: Int) { runs.append(.text(String(number))) }
    mutating func appendInterpolation(_ date: CalendarDate) { runs.append(.text("\(date)")) }
    mutating func appendInterpolation(_ phrase: Phrase) { runs += phrase.runs }
    mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }
    mutating func appendInterpolation(strong text: String) { runs.append(.strong(text)) }
  }
}

extension CheckStatus {
  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .pass: .pass
      case .warn: .warn
      case .fail: .fail
      }
  }

  /// The word that is shown.
  var word: String {
    switch self {
    case .notAssessed: "NOT ASSESSED"
    default: rawValue
    }
  }

  /// A sign beside the word, so that the word is found quickly in black and white too.
  var sign: String {
    switch self {
    case .pass: "✓"
    case .warn: "!"
    case .fail: "✕"
    case .inconclusive: "?"
    case .notAssessed: "–"
    }
  }
}
