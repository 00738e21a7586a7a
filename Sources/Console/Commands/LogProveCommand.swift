import Operations

/// `log prove`: write an event and the proof that it is in the log.
package struct LogProveCommand: Command, Equatable {
  package let index: Int
  package let folder: String

  private static let index: Parameter<Int> = .operand(
    .whole(0...Int.max), "the event, as 'log show' counts")
  private static let folder: Parameter<String> = .required(
    "--to", .path("DIR"), "the folder the files go to")

  package static let page = CommandPage(
    "log prove",
    summary: "write an event and the proof that it is in the log",
    discussion: """
      Writes the event's exact bytes, a C2SP tlog-proof with the signed checkpoint, and the
      public key of the log: SHA-256 of a zero byte and the event is the leaf that the proof
      leads from to the root in the checkpoint. An event that is void is in the log as well;
      that it changes nothing is said.
      """,
    parameters: [
      index.declaration, folder.declaration,
    ],
    examples: [
      "imu-registry log prove 20 --to proof"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    index = try arguments[Self.index]
    folder = try arguments[Self.folder]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let names = try context.workplace.prove(event: index, to: folder)
    try context.tell("wrote \(names.joined(separator: ", ")) to '\(folder)'")
    return .done
  }
}
