import Operations

extension Context {
  /// The registry the command line names, with this terminal to tell progress and notices to.
  var workplace: Workplace {
    Workplace(
      registryPath: options.registry, threads: options.threadCount,
      memoryPath: options.memory,
      memoryLack: options.memory == nil ? GlobalOptions.memoryLack : nil,
      patience: .seconds(options.patience),
      progress: { try progress($0.activity, $0.done, of: $0.total) }, notice: { note($0) })
  }

  /// Writes a result that is one sentence.
  func tell(_ sentence: String) throws {
    try show(Sentence(sentence: sentence)) { sentence.oneLine }
  }
}

/// A result of one sentence, as `--json` writes it.
private struct Sentence: Encodable {
  let sentence: String
}
