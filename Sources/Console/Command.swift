/// One command: what its help page says, the values read from its words, and what it does.
package protocol Command: Sendable {
  static var page: CommandPage { get }

  /// Reads the command's values; everything that can be refused without a registry is refused here.
  init(_ arguments: Arguments) throws(UsageError)

  /// Does it, writes the results, and says how it ended.
  ///
  /// A refusal by policy, or something that does not verify, is a status; a failure is thrown.
  func run(_ context: Context) throws -> ExitStatus
}

/// What the help page of a command says; the parser reads the same declarations.
package struct CommandPage: Sendable {
  /// One word or two, such as `request approve`.
  package let name: String
  /// One clause, beginning with a verb, for lists of commands.
  package let summary: String
  /// Paragraphs, separated by empty lines; wrapped when they are shown.
  package let discussion: String
  /// Without the global options.
  package let parameters: [Declaration]
  /// Whole command lines.
  package let examples: [String]
  /// Every exit status that can occur, with its meaning.
  package let statuses: [ExitStatus: String]

  /// Makes a page whose statuses are those every command has, and the given ones.
  init(
    _ name: String, summary: String, discussion: String, parameters: [Declaration] = [],
    examples: [String] = [], statuses: [ExitStatus: String] = [:]
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.parameters = parameters
    self.examples = examples
    var all = statuses
    for status in ExitStatus.allCases where status != .refused && all[status] == nil {
      all[status] = status.meaning
    }
    self.statuses = all
  }

  /// The words of the name.
  var words: [String] { name.split(separator: " ").map(String.init) }
}
