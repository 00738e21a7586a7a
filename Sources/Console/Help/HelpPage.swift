/// The pages of `--help`, made from the declarations that the parser reads.
package enum HelpPage {
  /// The page of one command.
  package static func text(of page: CommandPage) -> String {
    var sections = [
      "imu-registry \(page.name): \(page.summary)",
      "usage: \(usage(of: page))",
      Paragraph.wrapped(page.discussion),
    ]
    let operands = page.parameters.filter { $0.kind == .operand }
    let options = page.parameters.filter { $0.kind != .operand }
    if !operands.isEmpty { sections.append("operands:\n" + list(operands)) }
    if !options.isEmpty { sections.append("options:\n" + list(options)) }
    sections.append("with every command:\n" + list(GlobalOptions.declarations))
    if !page.examples.isEmpty {
      sections.append("examples:\n" + page.examples.map { "  \($0)" }.joined(separator: "\n"))
    }
    sections.append("exit statuses:\n" + statuses(page.statuses))
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// The line that shows how a command is written: what must be given, and whether more may be.
  package static func usage(of page: CommandPage) -> String {
    let operands = page.parameters.filter { $0.kind == .operand }
      .map { $0.isRequired ? $0.usage : "[\($0.usage)]" }
    let required = page.parameters.filter { $0.kind != .operand && $0.isRequired }.map(\.usage)
    let hasMore = page.parameters.contains { $0.kind != .operand && !$0.isRequired }
    return (["imu-registry", page.name] + operands + required + (hasMore ? ["[OPTIONS]"] : []))
      .joined(separator: " ")
  }

  /// The page of the program.
  package static var overview: String {
    let statuses = Dictionary(
      uniqueKeysWithValues: ExitStatus.allCases.map { ($0, $0.meaning) })
    return [
      "imu-registry: keep models, make them forget a person, and prove it",
      "usage: imu-registry [OPTIONS] COMMAND ...",
      "commands:\n" + Paragraph.columns(commandTable.map { ($0.page.name, $0.page.summary) }),
      "with every command:\n" + list(GlobalOptions.declarations),
      "exit statuses:\n" + Self.statuses(statuses),
      """
      first steps:
        imu-registry init
        imu-registry dataset add japanese-vowels
        imu-registry train --dataset japanese-vowels --alias production
        imu-registry request open DSR-2026-001 --subject pid=1
        imu-registry request approve DSR-2026-001 --by 'A. Officer'
        imu-registry forget --model v1 --subject pid=1
      """,
      "'imu-registry help COMMAND' shows the page of a command.",
    ].joined(separator: "\n\n") + "\n"
  }

  /// The page of the commands that share a first word.
  static func group(_ word: String) -> String {
    let members = commandTable.map { $0.page }.filter { $0.words.first == word }
    return [
      "usage: imu-registry \(word) COMMAND ...",
      "commands:\n" + Paragraph.columns(members.map { ($0.name, $0.summary) }),
      "'imu-registry help \(word) COMMAND' shows the page of a command.",
    ].joined(separator: "\n\n") + "\n"
  }

  private static func list(_ declarations: [Declaration]) -> String {
    Paragraph.columns(declarations.map { ($0.usage, $0.help) })
  }

  private static func statuses(_ meanings: [ExitStatus: String]) -> String {
    Paragraph.columns(
      meanings.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { (String($0.key.rawValue), $0.value) })
  }
}
