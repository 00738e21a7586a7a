import Operations

/// `verify`: check a version's bytes, signature and certificate.
package struct VerifyCommand: Command, Equatable {
  package let version: VersionReference
  package let reExecutes: Bool

  private static let version: Parameter<VersionReference> = .operand(
    .version,
    "the version, or an alias")
  private static let reExecutes: Parameter<Bool> = .flag(
    "--re-execute", "run the version's recipe again and compare")

  package static let page = CommandPage(
    "verify",
    summary: "check a version's bytes, signature and certificate",
    discussion: """
      Recomputes the digests of everything the version consists of, and checks its
      signature, its certificate and their places in the log.

      With --re-execute its recipe is run again on the same records, and the bytes of the
      weights are compared: proof of how the version came about, for whoever has the data
      and a machine with the same numeric environment.
      """,
    parameters: [
      version.declaration, reExecutes.declaration,
    ],
    examples: [
      "imu-registry verify v4",
      "imu-registry verify v5 --re-execute",
    ],
    statuses: [
      .unverified: "something does not verify, or other weights came out; it is named"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    version = try arguments[Self.version]
    reExecutes = try arguments[Self.reExecutes]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    try context.conclude(
      try context.workplace.verify(version.description, reExecute: reExecutes), listsAll: true)
  }
}
