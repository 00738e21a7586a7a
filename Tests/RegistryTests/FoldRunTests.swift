import Records
import Testing

@testable import Registry

@Suite("What a run may make")
struct FoldRunTests {
  @Test("a run begins once")
  func begunOnce() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    try registry.refuse(Begun.run(of: first), because: "begins a run twice")
    try registry.commit(Made.version("second", number: 2, parent: first, run: "run"))
    try registry.refuse(Begun.run(of: .of("second")), because: "begins a run twice")
  }

  @Test("a version is the next of a model that was added, made once")
  func numbers() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    try registry.refuse(
      Made.version(model: "faces", number: 1), because: "is of model 'faces', which was not added")
    try registry.refuse(Made.version(number: 3), because: "is v3 where v2 is the next")
    try registry.refuse(Made.version(number: 1), because: "is v1 where v2 is the next")
    try registry.refuse(
      Made.version(number: 2, parent: .of("nothing")),
      because: "is about version \(Digest.of("nothing").short), which was not made")
    try registry.commit(Made.version("second", number: 2, parent: first))
    try registry.refuse(Made.version("second", number: 3), because: "is made twice")
  }

  @Test("a version has parts with names of their own, and holds people of cases that are open")
  func parts() throws {
    let (registry, _) = try TemporaryRegistry.begun()
    let nameless = "has parts without names, or with the same"
    for parts in [[], [Made.part(), Made.part()], [Made.part("a/b")]] {
      try registry.refuse(Made.version(number: 2, parts: parts), because: nameless)
    }
    try registry.refuse(Made.version(number: 2, method: "a b"), because: nameless)
    try registry.refuse(
      Made.version(number: 2, parts: [Made.part(holds: [1])]),
      because: "holds a person of a case that was not opened")
    try registry.refuse(
      Made.version(number: 2, parts: [Made.part("classifier", .parent)]),
      because: "has weights of a parent and no parent")
  }

  @Test("weights that a version has already are imported as made from it, with what it holds")
  func importedAgain() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let weights = try #require(try registry.open().state.version(first)).weights
    func imported(_ origin: Origin, parent: Digest?) -> VersionMade {
      Made.version(
        "second", number: 2, weights: weights, parent: parent, method: VersionMade.importing,
        parts: [Made.part("classifier", origin)])
    }
    let reason = "imports the weights of speakers@v1 and is not made from it"
    try registry.refuse(imported(.imported, parent: nil), because: reason)
    try registry.refuse(imported(.imported, parent: first), because: reason)
    try registry.commit(imported(.parent, parent: first))
    #expect(try registry.open().state.exposure(of: 1, to: 0) == .exposed)
    // Of the versions with the same weights the first counts, not the one that says less.
    try registry.refuse(
      Made.version(
        "third", number: 3, weights: weights, parent: .of("second"),
        method: VersionMade.importing, parts: [Made.part("classifier", .parent)]),
      because: reason)
  }

  @Test("a run makes one version, of the parent it was begun for")
  func oneVersion() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let other = "is of a run that made another version, or from another parent"
    try registry.refuse(
      Made.version(number: 2, parent: first, run: "nothing"),
      because: "is of run \(Digest.of("nothing").short), which did not begin")
    try registry.refuse(Made.version(number: 2, run: "run"), because: other)
    try registry.commit(Made.version("second", number: 2, parent: first, run: "run"))
    try registry.refuse(
      Made.version("third", number: 3, parent: first, run: "run"), because: other)
  }

  @Test("evidence is of the version its run made, by the run's policy, found once")
  func evidence() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let reason = "measures a version that its run did not make, or by another policy"
    try registry.refuse(Found.evidence(.warn, in: first), because: reason)
    try registry.commit(Made.version("second", number: 2, parent: first, run: "run"))
    try registry.refuse(Found.evidence(.warn, in: first), because: reason)
    try registry.refuse(
      Found.evidence(.warn, in: .of("second"), policy: .of("other")), because: reason)
    try registry.commit(Found.evidence(.warn, in: .of("second")))
    try registry.refuse(Found.evidence(.pass, in: .of("second")), because: reason)
  }

  @Test("a certificate says what its run made, measured and judged, once")
  func certificates() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let reason = "certifies what its run did not make, measure or judge so"
    let (second, weights) = (Digest.of("second"), Digest.of("weights of second"))
    try registry.commit(Made.version("second", number: 2, parent: first, run: "run"))
    try registry.refuse(Issued.certificate(.warn, of: second, weights: weights), because: reason)
    try registry.commit(Found.evidence(.warn, in: second), Opened.case(2))
    for wrong in [
      Issued.certificate(.pass, of: second, weights: weights),
      Issued.certificate(.warn, of: first, weights: weights),
      Issued.certificate(.warn, of: second, weights: .of("others")),
      Issued.certificate(.warn, of: second, weights: weights, case: 2),
      Issued.certificate(.warn, of: second, weights: weights, policy: .of("other")),
    ] {
      try registry.refuse(wrong, because: reason)
    }
    try registry.commit(Issued.certificate(.warn, of: second, weights: weights))
    try registry.refuse(
      Issued.certificate(.warn, of: second, weights: weights), because: "certifies a run twice")
  }

  @Test("papers are of a certificate, under plain names")
  func papers() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let (second, certificate) = (Digest.of("second"), Digest.of("certificate of run"))
    try registry.refuse(
      ReportMade(certificate: certificate, papers: [:]),
      because: "is the report of a certificate that was not issued")
    try registry.commit(
      Made.version("second", number: 2, parent: first, run: "run"),
      Found.evidence(.warn, in: second),
      Issued.certificate(.warn, of: second, weights: .of("weights of second")))
    try registry.refuse(
      ReportMade(certificate: certificate, papers: ["../x": .of("paper")]),
      because: "names a file as no file may be named")
    try registry.commit(ReportMade(certificate: certificate, papers: ["report.md": .of("paper")]))
    try registry.refuse(
      ReportMade(certificate: certificate, papers: ["report.md": .of("other")]),
      because: "reports a certificate twice")
    #expect(
      try registry.open().state.certificates.first?.papers == ["report.md": .of("paper")])
  }

  @Test("an alias moves from where it stands to a version of its model, saying whom that undoes")
  func aliases() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    let elsewhere = "moves an alias from where it does not stand"
    try registry.commit(Made.version("second", number: 2))
    let second = Digest.of("second")
    try registry.refuse(Moved.production(to: second), because: elsewhere)
    try registry.refuse(Moved.production(from: second, to: second), because: elsewhere)
    try registry.refuse(
      Moved.production(from: first, to: second, cause: .rollback),
      because: "rolls an alias back to where it never stood")
    try registry.refuse(
      Moved.production(from: first, to: second, undone: [0]),
      because: "moves an alias without saying which requests that undoes")
    try registry.commit(Moved.production(from: first, to: second))
    try registry.refuse(
      Moved.production(from: second, to: first, cause: .rollback),
      because: "moves an alias without saying which requests that undoes")
    let undone = RecordSelection([0])
    try registry.refuse(
      AliasMoved(
        model: TemporaryRegistry.model, alias: "production", from: second, to: first,
        cause: .rollback, undone: undone, opening: nil),
      because: "undoes requests without a reason")
    try registry.commit(
      Moved.production(from: second, to: first, cause: .rollback, undone: [0]))
  }

  @Test("an alias has a name that is no version's, and stands at versions of its own model")
  func aliasNames() throws {
    let (registry, first) = try TemporaryRegistry.begun()
    func moved(_ model: String, _ alias: String) -> AliasMoved {
      AliasMoved(
        model: model, alias: alias, from: nil, to: first, cause: .promote,
        undone: RecordSelection([0]), opening: .of("reason"))
    }
    try registry.refuse(
      moved("speakers", "v3"), because: "names an alias as no alias may be named")
    try registry.refuse(
      moved("faces", "staging"), because: "moves an alias to a version of another model")
  }

  @Test("a state is kept of as many events as there were, a void event acknowledged that is there")
  func keeping() throws {
    let (registry, _) = try TemporaryRegistry.begun()
    let size = try registry.open().state.size
    try registry.refuse(
      StateKept(size: 1, state: .of("state")),
      because: "keeps a state of 1 events where there were \(size)")
    try registry.refuse(
      VoidAcknowledged(index: 1, opening: .of("reason")),
      because: "acknowledges event 1, which waits for nobody")
  }
}
