import Records

/// What a command line asks for.
package enum Invocation: Sendable {
  case help(String)
  case version
  case run(any Command, GlobalOptions)

  /// Reads a command line.
  ///
  /// - Parameters:
  ///   - line: the words after the program's name.
  ///   - environment: the variables of the process.
  ///   - coreCount: the cores that the process may use.
  /// - Throws: `UsageError`, with the command found so far lost; see `commandName`.
  package init(
    _ line: [String], environment: [String: String] = [:], coreCount: Int = 1
  ) throws(UsageError) {
    let (options, rest) = try Self.leadingOptions(line)
    // An option that asks for a page asks for it even when the rest is not right yet.
    let asked = Set((options + rest).prefix { $0 != "--" })
    if asked.contains("--version") {
      self = .version
      return
    }
    let wantsHelp = asked.contains("--help")
    switch rest.first {
    case nil:
      guard wantsHelp else { throw .missingCommand }
      self = .help(HelpPage.overview)
    case "help": self = .help(try Self.page(of: rest.dropFirst().filter { !$0.hasPrefix("-") }))
    case "version": self = .version
    default:
      let names = rest.prefix { !$0.hasPrefix("-") }
      if wantsHelp, names.count == 1, Self.isGroup(names[0]) {
        self = .help(HelpPage.group(names[0]))
        return
      }
      let command = try Self.command(Array(names))
      if wantsHelp {
        self = .help(HelpPage.text(of: command.page))
        return
      }
      let arguments = try Arguments(
        options + rest.dropFirst(command.page.words.count),
        for: command.page.parameters + GlobalOptions.declarations)
      let global = try GlobalOptions(
        arguments, environment: environment, coreCount: coreCount)
      self = .run(try command.init(arguments), global)
    }
  }

  /// The command a line is about, as far as it can be told, for hints after an error.
  static func commandName(in line: [String]) -> String? {
    guard let (_, rest) = try? leadingOptions(line) else { return nil }
    return try? command(Array(rest.prefix { !$0.hasPrefix("-") })).page.name
  }

  /// The global options that stand before the command, and the line from the command on.
  private static func leadingOptions(
    _ line: [String]
  ) throws(UsageError) -> (options: [String], rest: [String]) {
    let global = GlobalOptions.declarations
    var end = line.startIndex
    while end < line.endIndex, line[end].hasPrefix("-") {
      let (name, value) = Arguments.split(line[end])
      guard let declaration = global.first(where: { $0.name == name }) else {
        throw .unknownOption(
          name, nearest: Spelling.nearest(toOption: name, among: global.map(\.name)))
      }
      end += declaration.kind == .option && value == nil ? 2 : 1
    }
    guard end <= line.endIndex else { throw .missingValue(line[line.endIndex - 1]) }
    return (Array(line[..<end]), Array(line[end...]))
  }

  /// The command that the first words name.
  static func command(_ words: [String]) throws(UsageError) -> any Command.Type {
    guard let first = words.first else { throw .missingCommand }
    if let command = commandTable.first(where: { $0.page.name == first }) { return command }
    guard isGroup(first) else {
      let known = commandTable.map { $0.page.words[0] } + ["help", "version"]
      throw .unknownCommand(first, nearest: Spelling.nearest(to: first, among: known))
    }
    let members = commandTable.filter { $0.page.words[0] == first }
    let choices = members.map { $0.page.words[1] }
    guard words.count > 1 else { throw .incompleteCommand(first, choices: choices) }
    guard let command = members.first(where: { $0.page.words[1] == words[1] }) else {
      let nearest = Spelling.nearest(to: words[1], among: choices)
      throw .unknownCommand("\(first) \(words[1])", nearest: nearest.map { "\(first) \($0)" })
    }
    return command
  }

  private static func isGroup(_ word: String) -> Bool {
    commandTable.contains { $0.page.words.count == 2 && $0.page.words[0] == word }
  }

  private static func page(of words: [String]) throws(UsageError) -> String {
    guard let first = words.first else { return HelpPage.overview }
    if words.count == 1, isGroup(first) { return HelpPage.group(first) }
    return HelpPage.text(of: try command(words).page)
  }
}
