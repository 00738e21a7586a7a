import Operations

extension Finding {
  /// What a line about it begins with, five letters wide.
  fileprivate var word: String { !isGood ? "WRONG" : isNote ? "note " : "good " }
}

extension Context {
  /// Writes what was verified, and names the first thing wrong on standard error.
  ///
  /// With `listsAll` what verifies is listed, too, a line each; without, what is worth a note.
  func conclude(_ outcome: AuditOutcome, listsAll: Bool) throws -> ExitStatus {
    try show(outcome) {
      let lines = outcome.findings.filter { listsAll || !$0.isGood || $0.subject != "log" }.map {
        "\($0.word)  \("\($0.subject): \($0.message)".oneLine)\n"
      }
      return lines.joined() + (outcome.isVerified ? outcome.sentence.oneLine : "it does not verify")
    }
    guard !outcome.isVerified else { return .done }
    warn(
      outcome.sentence,
      hint: "put back what is named from a copy you trust, then run 'imu-registry audit'")
    return .unverified
  }

  /// Writes how an alias moved, or says what keeps it.
  func conclude(_ outcome: AliasMoveOutcome) throws -> ExitStatus {
    let isRefused = !outcome.isMoved && !outcome.undone.isEmpty
    if !isRefused || options.wantsJSON { try show(outcome) { outcome.sentence.oneLine } }
    guard isRefused else { return .done }
    warn(
      outcome.sentence,
      hint: "--override REASON moves it all the same; the reason is signed and logged")
    return .refused
  }
}
