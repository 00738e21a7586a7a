import Records
import Registry

extension Workplace {
  /// What the registry keeps that was made from people's records and is no version.
  ///
  /// Features first, in the order they were kept, then trainings that were broken off.
  ///
  /// - Returns: nil, and a notice, where this user may not read what would tell.
  package func derived() throws -> [DerivedSummary]? {
    try reading { store in
      if let file = store.unreadableWork() {
        notice(Self.unknown(file))
        return nil
      }
      return try store.derivedSummaries()
    }
  }

  private static func unknown(_ file: String) -> String {
    "what is kept that was made from records is not known: this user may not read '\(file)'"
  }

  /// Removes all of it, or what the beginning of a key or of a file's digest names.
  ///
  /// Nothing is lost but time: features are made again when they are wanted, a broken-off training
  /// begins again.
  ///
  /// - Returns: What is gone.
  /// - Throws: `Failure` when the digest names nothing, or more than one thing.
  package func discardDerived(_ prefix: String?) throws -> [DerivedSummary] {
    try assuring { store in
      if let file = store.unreadableWork() {
        throw Failure(Self.unknown(file), hint: "run this as the registry's owner")
      }
      let all = try store.derivedSummaries()
      let chosen = try prefix.map { try Self.items(of: all, beginning: $0) } ?? all
      let digests = Set(chosen.map(\.digest))
      try store.discard(try store.derivedData().filter { digests.contains($0.digest) })
      for summary in chosen where summary.kind == .training {
        try store.discardTraining(summary.digest)
      }
      return chosen
    }
  }

  /// All files of one key, or one file.
  private static func items(
    of all: [DerivedSummary], beginning prefix: String
  ) throws -> [DerivedSummary] {
    let digits = prefix.hasPrefix("sha256:") ? String(prefix.dropFirst(7)) : prefix
    let ofKey = all.filter { $0.key.hex.hasPrefix(digits) }
    let found = ofKey.isEmpty ? all.filter { $0.digest.hex.hasPrefix(digits) } : ofKey
    let names = Set(ofKey.isEmpty ? found.map(\.digest) : found.map(\.key))
    guard names.count == 1 else {
      throw Failure(
        names.isEmpty
          ? "nothing derived is called '\(prefix)'"
          : "'\(prefix)' begins \(names.count) names",
        hint: "see: imu-registry derived list")
    }
    return found
  }
}

extension RegistryStore {
  fileprivate func derivedSummaries() throws -> [DerivedSummary] {
    let features = try derivedData().map { entry in
      DerivedSummary(
        kind: .features, key: entry.key, digest: entry.digest,
        datasets: [try datasetName(entry.root)], records: entry.records.count,
        keptAt: entry.keptAt, byteCount: try byteCount(of: entry))
    }
    let trainings = try keptTrainings().map { run in
      // What does not verify is listed all the same, so that it can be discarded.
      let kept = try? keptTraining(run)
      return DerivedSummary(
        kind: .training, key: run, digest: run,
        datasets: try kept?.training.records.keys.map { try datasetName($0) }
          .sorted(by: ByteOrder.precedes),
        records: kept?.training.records.recordCount, keptAt: nil,
        byteCount: try byteCount(ofTraining: run))
    }
    return features + trainings
  }

  /// The name of a data set, which the log has in clear: nothing sealed is opened for it.
  private func datasetName(_ root: Digest) throws -> String {
    guard let dataset = state.dataset(root) else {
      throw Failure(
        "there is no data set with root \(root.short), though files are kept that were made of it",
        kind: .unverified, hint: "see: imu-registry audit")
    }
    return dataset.name
  }
}
