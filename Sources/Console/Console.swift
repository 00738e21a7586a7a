import FoundationEssentials
import Operations

/// The program, from its words to its exit status.
package enum Console {
  /// The version of the program.
  package static let version = "0.1.0"

  /// Does what the words ask, with this process's terminal and signals.
  ///
  /// - Parameter arguments: the words, the program's name first.
  /// - Returns: the exit status.
  package static func main(_ arguments: [String]) -> Int32 {
    Interrupt.listen()
    let start = ContinuousClock.now
    let status = run(
      Array(arguments.dropFirst()), environment: ProcessInfo.processInfo.environment,
      coreCount: ProcessInfo.processInfo.activeProcessorCount, terminal: .ofProcess,
      interrupt: .ofProcess, clock: { ContinuousClock.now - start })
    return status.rawValue
  }

  /// Does what the words ask.
  package static func run(
    _ line: [String], environment: [String: String], coreCount: Int, terminal: Terminal,
    interrupt: Interrupt, clock: @escaping @Sendable () -> Duration
  ) -> ExitStatus {
    do {
      switch try Invocation(line, environment: environment, coreCount: coreCount) {
      case .help(let page): try terminal.result(page)
      case .version: try terminal.result("imu-registry \(version)")
      case .run(let command, let options):
        let context = Context(
          options: options, terminal: terminal, interrupt: interrupt, clock: clock)
        defer { context.clearProgress() }
        return try command.run(context)
      }
      return .done
    } catch {
      return explain(error, line: line, terminal: terminal)
    }
  }

  /// Says what went wrong, proposes the next move, and chooses the exit status.
  private static func explain(
    _ error: any Error, line: [String], terminal: Terminal
  ) -> ExitStatus {
    switch error {
    case let error as UsageError:
      let page = Invocation.commandName(in: line).map { "help \($0)" } ?? "--help"
      terminal.message(error.description)
      terminal.hint(error.hint ?? "'imu-registry \(page)' says how it is written")
      return .usage
    case is Interrupted:
      terminal.message("interrupted")
      terminal.hint("the registry is as it was or as 'imu-registry audit' accepts; run it again")
      return .interrupted
    default:
      guard let failure = Failure.explaining(error) else {
        terminal.message("\(error)")
        return .failed
      }
      terminal.message(failure.message)
      if let hint = failure.hint { terminal.hint(hint) }
      return ExitStatus(failure.kind)
    }
  }
}

extension ExitStatus {
  /// The status of a failure of that kind.
  init(_ kind: Failure.Kind) {
    self =
      switch kind {
      case .failed: .failed
      case .refused: .refused
      case .unverified: .unverified
      case .interrupted: .interrupted
      }
  }
}
