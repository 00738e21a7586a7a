import Registry

extension Workplace {
  /// Findings of a registry that writers may be at work on.
  ///
  /// Where something is wrong and the log went on meanwhile, it is looked at again, and what is not
  /// wrong both times came from the writing: a file whose event was on its way is no forgery.
  ///
  /// Cost: the look, once more for each time that less is wrong than before.
  func settled(
    in store: RegistryStore, _ look: () throws -> [Finding]
  ) throws -> [Finding] {
    var suspects: Set<Finding>?
    while true {
      let before = Self.moment(of: store)
      let findings = try look()
      let failures = Set(findings.filter { !$0.isGood })
      let lasting = suspects.map { $0.intersection(failures) } ?? failures
      if lasting.isEmpty || lasting == suspects { return Self.keeping(lasting, of: findings) }
      guard Self.moment(of: store) != before else { return Self.keeping(lasting, of: findings) }
      suspects = lasting
    }
  }

  private static func keeping(_ failures: Set<Finding>, of findings: [Finding]) -> [Finding] {
    findings.filter { $0.isGood || failures.contains($0) }
  }

  /// How far the log has come, and whether a writer is there.
  private static func moment(of store: RegistryStore) -> (size: Int, isInterrupted: Bool) {
    // What cannot be read on with is found wrong by the look.
    try? store.refresh()
    return (store.head.size, (try? store.isInterrupted()) == true)
  }
}
