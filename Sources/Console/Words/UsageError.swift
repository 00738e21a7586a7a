/// What is wrong with the words of a command line, one sentence each; exit status 64.
package enum UsageError: Error, Equatable, Sendable {
  case missingCommand
  case unknownCommand(String, nearest: String?)
  /// The first word of a two-word command stands alone.
  case incompleteCommand(String, choices: [String])
  case unknownOption(String, nearest: String?)
  case missingValue(String)
  case unexpectedValue(String)
  case repeated(String)
  case missing(String)
  case unexpectedOperand(String)
  case unreadable(String, value: String, expected: String, nearest: String?)
  /// Two parameters that cannot stand together.
  case conflict(String, String)
  /// A parameter that means nothing without another.
  case needs(String, String)
}

extension UsageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingCommand: "no command is given"
    case .unknownCommand(let word, _): "unknown command '\(word.shortened)'"
    case .incompleteCommand(let word, _): "'\(word)' needs a second word"
    case .unknownOption(let word, _): "unknown option '\(word.shortened)'"
    case .missingValue(let usage): "'\(usage)' lacks its value"
    case .unexpectedValue(let name): "'\(name)' takes no value"
    case .repeated(let name): "'\(name)' is given twice"
    case .missing(let usage): "'\(usage)' is missing"
    case .unexpectedOperand(let word): "unexpected word '\(word.shortened)'"
    case .unreadable(let name, let value, let expected, _):
      "cannot read '\(value.shortened)' as \(name): expected \(expected.shortened(to: 240))"
    case .conflict(let first, let second): "'\(first)' and '\(second)' exclude each other"
    case .needs(let first, let second): "'\(first)' needs '\(second)' beside it"
    }
  }

  /// The next move, where the error itself knows one.
  package var hint: String? {
    switch self {
    case .unknownCommand(_, let nearest?), .unknownOption(_, let nearest?),
      .unreadable(_, _, _, let nearest?):
      "did you mean '\(nearest)'?"
    case .incompleteCommand(let word, let choices):
      "one of " + choices.map { "'\(word) \($0)'" }.joined(separator: ", ")
    default: nil
    }
  }
}

extension String {
  /// At most 80 characters of it, so that a message stays a line.
  var shortened: String { shortened(to: 80) }

  func shortened(to length: Int) -> String {
    count <= length ? self : String(prefix(length - 1)) + "…"
  }
}
