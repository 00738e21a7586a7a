import Records
import Testing

@testable import Registry

// Facts of made-up cases, short enough to tell a story with.

enum Opened {
  static func `case`(_ number: UInt8) throws -> RequestOpened {
    RequestOpened(
      number: .number(number), opening: .of("opening \(number)"),
      receivedOn: try #require(CalendarDate(year: 2026, month: 11, day: 20)))
  }
}

enum Sought {
  /// That a case's person was looked for, and found nowhere.
  static func `case`(_ number: UInt8) -> PersonFound {
    PersonFound(number: .number(number), versions: [:])
  }
}

enum Decided {
  static func `case`(_ number: UInt8, _ decision: RequestDecided.Decision) -> RequestDecided {
    RequestDecided(
      number: .number(number), decision: decision, opening: .of("\(decision) \(number)"))
  }
}

enum Moved {
  static func production(
    from: Digest? = nil, to: Digest, cause: AliasMoved.Cause = .promote, undone: [Int] = []
  ) -> AliasMoved {
    AliasMoved(
      model: TemporaryRegistry.model, alias: "production", from: from, to: to, cause: cause,
      undone: RecordSelection(undone), opening: undone.isEmpty ? nil : .of("reason"))
  }
}

enum Begun {
  static func run(
    _ name: String = "run", of parent: Digest, case number: UInt8 = 1,
    policy: Digest = TemporaryRegistry.policy, withheld: [Int] = [0]
  ) -> ForgetBegun {
    ForgetBegun(
      run: .of(name), number: .number(number), parent: parent, policy: policy,
      withheld: RecordSelection(withheld))
  }
}

enum Made {
  /// A version whose blobs are nowhere.
  static func version(
    _ name: String = "version", model: String = TemporaryRegistry.model, number: Int,
    weights: Digest? = nil, parent: Digest? = nil, method: String = "train",
    parts: [PartMade] = [part()],
    run: String? = nil
  ) -> VersionMade {
    VersionMade(
      model: model, number: number, version: .of(name), manifestSize: 2,
      weights: weights ?? .of("weights of \(name)"), configuration: .of("configuration"),
      lineage: .of("lineage of \(name)"), signature: .of("signature of \(name)"), parent: parent,
      method: method, scope: nil, parts: parts, run: run.map { .of($0) })
  }

  static func part(
    _ name: String = "classifier", _ origin: Origin = .scratch, isKnown: Bool = true,
    holds: [Int] = []
  ) -> PartMade {
    PartMade(
      name: name, origin: origin, isKnown: isKnown, recordCount: 10,
      holds: RecordSelection(holds))
  }
}

enum Found {
  static func evidence(
    _ verdict: Verdict, in version: Digest, run: String = "run",
    policy: Digest = TemporaryRegistry.policy
  ) -> EvidenceFound {
    EvidenceFound(
      run: .of(run), version: version, evidence: .of("evidence of \(run)"), policy: policy,
      verdict: verdict)
  }
}

enum Issued {
  static func certificate(
    _ verdict: Verdict, of version: Digest, weights: Digest, run: String = "run",
    case number: UInt8 = 1, policy: Digest = TemporaryRegistry.policy
  ) -> CertificateIssued {
    CertificateIssued(
      number: .number(number), run: .of(run), version: version, weights: weights,
      envelope: .of("certificate of \(run)"), evidence: .of("evidence of \(run)"), policy: policy,
      verdict: verdict)
  }
}

extension TemporaryRegistry {
  /// A registry with a version, an alias at it, and an approved case that the run `run` was begun
  /// for.
  static func begun() throws -> (TemporaryRegistry, first: Digest) {
    let registry = try TemporaryRegistry()
    let first = try registry.open().addExample(
      at: registry.clock.now(), parts: [.example(holds: [])]
    ).digest
    try registry.commit(
      Moved.production(to: first), Opened.case(1),
      PersonFound(number: .number(1), versions: ["classifier": RecordSelection([0])]),
      Decided.case(1, .approved), Begun.run(of: first))
    return (registry, first)
  }

  /// That a fact is refused for a reason, and the log is as it was.
  func refuse(
    _ fact: some Fact, because reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tail = try read("log/tail")
    let error = #expect(throws: RegistryError.self, sourceLocation: sourceLocation) {
      try commit(fact)
    }
    let refusal = RegistryError.illegal(kind: type(of: fact).kind, reason: reason)
    #expect(error == refusal, sourceLocation: sourceLocation)
    #expect(try read("log/tail") == tail, sourceLocation: sourceLocation)
  }
}
