import Records

extension Optional {
  fileprivate func field(_ text: (Wrapped) -> String) -> String { map(text) ?? "-" }
}

extension DatasetState {
  var fields: [String] { [name, root.hex, "\(recordCount)", opening.hex, "\(index)", time] }

  init(_ fields: inout StateFields) {
    name = fields.text()
    root = fields.digest()
    recordCount = fields.integer()
    opening = fields.digest()
    index = fields.integer()
    time = fields.text()
  }
}

extension AllowedPolicy {
  var fields: [String] { [name, floor.rawValue, goal.rawValue, "\(index)"] }

  init(_ fields: inout StateFields) {
    name = fields.text()
    floor = fields.choice(.pass)
    goal = fields.choice(.pass)
    index = fields.integer()
  }
}

extension VersionState: StateLine {
  package static var word: String { "version" }

  package var fields: [String] {
    [
      model, "\(number)", digest.hex, "\(manifestSize)", weights.hex, configuration.hex,
      lineage.hex, signature.hex, parent.field { "\($0)" }, method, scope ?? "-",
      run.field(\.hex), "\(index)", time, "\(parts.count)",
    ] + parts.flatMap(\.fields)
  }

  package init(_ fields: inout StateFields) {
    model = fields.text()
    number = fields.integer()
    digest = fields.digest()
    manifestSize = fields.integer()
    weights = fields.digest()
    configuration = fields.digest()
    lineage = fields.digest()
    signature = fields.digest()
    parent = fields.optionalInteger()
    method = fields.text()
    scope = fields.optionalText()
    run = fields.optionalDigest()
    index = fields.integer()
    time = fields.text()
    parts = []
    let count = min(fields.integer(), 1 << 16)
    for _ in 0..<max(count, 0) where fields.isSound { parts.append(PartMade(&fields)) }
  }
}

extension PartMade {
  fileprivate var fields: [String] {
    [name, origin.rawValue, isKnown ? "1" : "0", "\(recordCount)", holds.text]
  }

  fileprivate init(_ fields: inout StateFields) {
    self.init(
      name: fields.text(), origin: fields.choice(.parent), isKnown: fields.flag(),
      recordCount: fields.integer(), holds: fields.selection())
  }
}

extension CaseState: StateLine {
  package static var word: String { "case" }

  package var fields: [String] {
    [
      number.text, opening.hex, receivedOn.description, "\(index)", openedAt,
      decision.field(\.rawValue), decisionOpening.field(\.hex), decidedAt ?? "-",
      decidedIndex.field { "\($0)" }, isCleared ? "1" : "0", isSearched ? "1" : "0",
    ] + openings.map(\.hex)
  }

  package init(_ fields: inout StateFields) {
    number = fields.caseNumber()
    opening = fields.digest()
    receivedOn = fields.date()
    index = fields.integer()
    openedAt = fields.text()
    decision = fields.optionalChoice(RequestDecided.Decision.self)
    decisionOpening = fields.optionalDigest()
    decidedAt = fields.optionalText()
    decidedIndex = fields.optionalInteger()
    isCleared = fields.flag()
    isSearched = fields.flag()
    openings = fields.digests()
  }
}

extension CertificateState: StateLine {
  package static var word: String { "certificate" }

  package var fields: [String] {
    [
      "\(ordinal)", "\(version)", run.hex, envelope.hex, evidence.hex, policy.hex,
      verdict.rawValue, meetsFloor ? "1" : "0", meetsGoal ? "1" : "0", isOvertaken ? "1" : "0",
      "\(index)", time,
      papers.field { "\($0.count)" },
    ]
      + (papers ?? [:]).sorted { ByteOrder.precedes($0.key, $1.key) }
      .flatMap { [$0.key, $0.value.hex] }
  }

  package init(_ fields: inout StateFields) {
    ordinal = fields.integer()
    version = fields.integer()
    run = fields.digest()
    envelope = fields.digest()
    evidence = fields.digest()
    policy = fields.digest()
    verdict = fields.choice(.fail)
    meetsFloor = fields.flag()
    meetsGoal = fields.flag()
    isOvertaken = fields.flag()
    index = fields.integer()
    time = fields.text()
    papers = nil
    guard let count = fields.optionalInteger() else { return }
    var papers: [String: Digest] = [:]
    for _ in 0..<min(max(count, 0), 1 << 10) where fields.isSound {
      let name = fields.text()
      papers[name] = fields.digest()
    }
    self.papers = papers
  }
}

extension AliasState {
  var fields: [String] { ["\(version)", stoodAt.text, "\(index)"] }

  init(_ fields: inout StateFields) {
    version = fields.integer()
    stoodAt = fields.selection()
    index = fields.integer()
  }
}

extension RunState: StateLine {
  package static var word: String { "run" }

  package var fields: [String] {
    [
      run.hex, "\(ordinal)", "\(parent)", policy.hex, withheld.text, "\(index)", time,
      version.field { "\($0)" }, evidence.field(\.hex), verdict.field(\.rawValue),
    ]
  }

  package init(_ fields: inout StateFields) {
    run = fields.digest()
    ordinal = fields.integer()
    parent = fields.integer()
    policy = fields.digest()
    withheld = fields.selection()
    index = fields.integer()
    time = fields.text()
    version = fields.optionalInteger()
    evidence = fields.optionalDigest()
    verdict = fields.optionalChoice(Verdict.self)
  }
}

extension VoidState {
  /// Entity and reason are of somebody else's making, so they stand in hexadecimal digits.
  var fields: [String] {
    [
      "\(index)", isAcknowledged ? "1" : "0", entity.field { Hexadecimal.encode($0.utf8) },
      Hexadecimal.encode(reason.utf8),
    ]
  }

  init(_ fields: inout StateFields) {
    index = fields.integer()
    isAcknowledged = fields.flag()
    entity = fields.optionalText().flatMap(Hexadecimal.decode)
      .map { String(decoding: $0, as: UTF8.self) }
    reason = String(decoding: Hexadecimal.decode(fields.text()) ?? [], as: UTF8.self)
  }
}
