import Operations

/// `ledger dump`: write the ledger as sorted text.
package struct LedgerDumpCommand: Command, Equatable {
  package static let page = CommandPage(
    "ledger dump",
    summary: "write the ledger as sorted text",
    discussion: """
      The ledger is an SQLite file made from the log, for queries of your own; no command
      decides by it. This writes its rows, a line each: two ledgers of the same log give
      the same text.
      """,
    examples: [
      "imu-registry ledger dump"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {}

  package func run(_ context: Context) throws -> ExitStatus {
    let dump = try context.workplace.ledgerDump()
    try context.show(["dump": dump]) { dump }
    return .done
  }
}
