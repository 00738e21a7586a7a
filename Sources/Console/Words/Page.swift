/// How much of a long list a command shows: `--limit N`, or `--all`.
package struct Page: Hashable, Sendable {
  /// How many rows; nil for all.
  package let limit: Int?

  /// How many rows are shown unless somebody says otherwise.
  static let usual = 50

  static func limit(of rows: String) -> Parameter<Int?> {
    .optional(
      "--limit", .whole(1...Int.max), "how many \(rows) to show; \(usual) when it is left out")
  }

  static func all(of rows: String) -> Parameter<Bool> { .flag("--all", "show all \(rows)") }

  /// - Throws: `UsageError` when both are given.
  init(
    _ arguments: Arguments, _ limit: Parameter<Int?>, _ all: Parameter<Bool>
  ) throws(UsageError) {
    let (given, isAll) = (try arguments[limit], try arguments[all])
    guard given == nil || !isAll else { throw .conflict("--limit", "--all") }
    self.limit = isAll ? nil : given ?? Self.usual
  }
}
