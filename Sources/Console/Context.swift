/// What a command works with beside its own values.
package struct Context: Sendable {
  package let options: GlobalOptions
  package let interrupt: Interrupt
  private let terminal: Terminal
  private let line: ProgressLine

  package init(
    options: GlobalOptions, terminal: Terminal, interrupt: Interrupt,
    clock: @escaping @Sendable () -> Duration
  ) {
    self.options = options
    self.terminal = terminal
    self.interrupt = interrupt
    line = ProgressLine(terminal: terminal, isQuiet: options.isQuiet, clock: clock)
  }

  /// Writes the result: the record as JSON when `--json` asks for it, else its text.
  package func show(_ record: some Encodable, text: () -> String) throws {
    line.clear()
    if options.wantsJSON {
      try terminal.result(json: record)
    } else {
      try terminal.result(text())
    }
  }

  /// Tells a person what happened, on standard error; not with `--quiet`.
  package func note(_ text: String) {
    line.clear()
    if !options.isQuiet { terminal.message(text) }
  }

  /// Says what is wrong although the command did not fail, such as a refusal; always.
  package func warn(_ text: String, hint: String? = nil) {
    line.clear()
    terminal.message(text)
    if let hint { terminal.hint(hint) }
  }

  /// Reports progress, and ends the work when it was interrupted.
  ///
  /// - Parameters:
  ///   - what: the step, such as `training v1`.
  ///   - done: how many units of it are done.
  ///   - total: of how many; nil when nobody knows.
  /// - Throws: `Interrupted` after Ctrl-C.
  package func progress(_ what: String, _ done: Int, of total: Int?) throws(Interrupted) {
    try interrupt.check()
    line.report(what, done, of: total)
  }

  /// Takes the progress line away.
  func clearProgress() { line.clear() }
}
