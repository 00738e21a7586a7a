import Operations

/// `fsck`: mend what can be made again from the log.
package struct FsckCommand: Command, Equatable {
  package let rebuilds: Bool

  private static let repair: Parameter<Bool> = .flag(
    "--repair", "remove what is not under the checkpoint, and make anew what follows from the log")
  private static let rebuild: Parameter<Bool> = .flag(
    "--rebuild", "make the ledger anew from the log")

  package static let page = CommandPage(
    "fsck",
    summary: "mend what can be made again from the log",
    discussion: """
      With --repair it cuts what lies behind the log's last checkpoint, removes files that no
      event names and kept files whose receipt does not verify, and makes the checkpoint's
      file, signatures, certificates, index and ledger anew. It needs no key and signs
      nothing: what the log names and is missing it cannot bring back; 'audit' names that.

      It waits until no other command writes, for as long as --wait says, and keeps none out
      while it waits. What could not be mended or made ends it with status 1 or 4.

      A log that does not go on from the checkpoint that is remembered of it, or from the
      one beside it, was cut or put back: nothing is removed or made then.
      """,
    parameters: [
      repair.declaration, rebuild.declaration,
    ],
    examples: [
      "imu-registry fsck --repair",
      "imu-registry fsck --rebuild",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    rebuilds = try arguments[Self.rebuild]
    let repairs = try arguments[Self.repair]
    if repairs, rebuilds { throw .conflict("--repair", "--rebuild") }
    if !repairs, !rebuilds { throw .missing("--repair or --rebuild") }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let outcome =
      try rebuilds ? context.workplace.rebuildLedger() : context.workplace.repair()
    try context.show(outcome) { Self.text(outcome) }
    return .done
  }

  /// What was done, a line each.
  static func text(_ outcome: FsckOutcome) -> String {
    outcome.done.isEmpty
      ? "there was nothing to mend" : outcome.done.map(\.oneLine).joined(separator: "\n")
  }
}
