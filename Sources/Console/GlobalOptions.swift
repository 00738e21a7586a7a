/// The options that every command takes, before it or after it.
package struct GlobalOptions: Equatable, Sendable {
  package let registry: String
  package let threadCount: Int
  package let wantsJSON: Bool
  package let isQuiet: Bool

  static let registry: Parameter<String?> = .optional(
    "--registry", .path("DIR"),
    "where the registry lies; else what IMU_REGISTRY names, else ./Registry")
  static let threads: Parameter<Int?> = .optional(
    "--threads", .whole(1...256),
    "how many threads compute; all cores by default; results do not depend on it")
  static let json: Parameter<Bool> = .flag(
    "--json", "write the result as one JSON record instead of text")
  static let quiet: Parameter<Bool> = .flag("--quiet", "no progress, no notes; errors only")
  static let help: Parameter<Bool> = .flag("--help", "show this page")
  static let version: Parameter<Bool> = .flag("--version", "show the program's version")

  package static let declarations = [
    registry.declaration, threads.declaration, json.declaration, quiet.declaration,
    help.declaration, version.declaration,
  ]

  /// Reads the options, and what stands for them when they are not given.
  ///
  /// - Parameters:
  ///   - arguments: the words.
  ///   - environment: the variables of the process; only `IMU_REGISTRY` is read.
  ///   - coreCount: the cores of this machine that the process may use.
  /// - Throws: `UsageError` for a value that cannot be read.
  package init(
    _ arguments: Arguments, environment: [String: String], coreCount: Int
  ) throws(UsageError) {
    let variable = environment["IMU_REGISTRY"].flatMap { $0.isEmpty ? nil : $0 }
    registry = try arguments[Self.registry] ?? variable ?? "./Registry"
    threadCount = try arguments[Self.threads] ?? min(max(coreCount, 1), 256)
    wantsJSON = try arguments[Self.json]
    isQuiet = try arguments[Self.quiet]
  }
}
