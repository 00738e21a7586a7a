/// The options that every command takes, before it or after it.
package struct GlobalOptions: Equatable, Sendable {
  package let registry: String
  package let threadCount: Int
  package let wantsJSON: Bool
  package let isQuiet: Bool
  /// How many seconds a command waits for others that write.
  package let patience: Int
  /// Where the last checkpoint of each registry is remembered; nil where there is no such place.
  package let memory: String?

  static let registry: Parameter<String?> = .optional(
    "--registry", .path("DIR"),
    "where the registry lies; else what IMU_REGISTRY names, else ./Registry")
  static let threads: Parameter<Int?> = .optional(
    "--threads", .whole(1...256),
    "how many threads compute; all cores by default; results do not depend on it")
  static let json: Parameter<Bool> = .flag(
    "--json", "write the result as one JSON record instead of text")
  static let quiet: Parameter<Bool> = .flag("--quiet", "no progress, no notes; errors only")
  static let wait: Parameter<Int?> = .optional(
    "--wait", .whole(0...86_400),
    "how many seconds to wait for other commands that write; 60 when left out")
  static let help: Parameter<Bool> = .flag("--help", "show this page")
  static let version: Parameter<Bool> = .flag("--version", "show the program's version")

  package static let declarations = [
    registry.declaration, threads.declaration, json.declaration, quiet.declaration,
    wait.declaration, help.declaration, version.declaration,
  ]

  /// Reads the options, and what stands for them when they are not given.
  ///
  /// - Parameters:
  ///   - arguments: the words.
  ///   - environment: the variables of the process; `IMU_REGISTRY`, `XDG_STATE_HOME` and `HOME` are
  ///     read.
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
    patience = try arguments[Self.wait] ?? 60
    memory = Self.memory(environment)
  }

  /// Why `memory` can be nil.
  static let memoryLack = "neither XDG_STATE_HOME nor HOME names a folder by its whole path"

  /// The user's folder for state, after the XDG Base Directory Specification.
  private static func memory(_ environment: [String: String]) -> String? {
    func folder(_ variable: String) -> String? {
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let state = folder("XDG_STATE_HOME") ?? folder("HOME").map { "\($0)/.local/state" }
    return state.map { "\($0)/imu-registry" }
  }
}
