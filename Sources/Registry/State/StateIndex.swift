import Records

/// By what the things of a state are looked up; it follows from them.
struct StateIndex: Equatable, Sendable {
  private(set) var versions: [Digest: Int] = [:]
  /// The versions of each model; of number n the one at n - 1.
  private(set) var ofModel: [String: [Int]] = [:]
  /// The first version of each weights.
  private(set) var firstOfWeights: [Digest: Int] = [:]
  private(set) var cases: [CaseNumber: Int] = [:]
  /// The day each case's request was received, by ordinal.
  private(set) var days: [CalendarDate] = []
  /// What was decided of each case of which something was.
  private(set) var decisions: [Int: RequestDecided.Decision] = [:]
  /// The certificates of each version and case, and each by its envelope.
  private(set) var certificatesOfVersion: [Int: [Int]] = [:]
  private(set) var certificatesOfCase: [Int: [Int]] = [:]
  private(set) var certificates: [Digest: Int] = [:]
  private(set) var runs: [Digest: Int] = [:]

  mutating func reserve(versions: Int, cases: Int) {
    self.versions.reserveCapacity(versions)
    firstOfWeights.reserveCapacity(versions)
    self.cases.reserveCapacity(cases)
  }

  /// - Returns: whether it is the only one of that digest.
  @discardableResult
  mutating func add(
    version: Digest, weights: Digest, of model: String, at ordinal: Int
  ) -> Bool {
    let isNew = versions.updateValue(ordinal, forKey: version) == nil
    ofModel[model, default: []].append(ordinal)
    if firstOfWeights[weights] == nil { firstOfWeights[weights] = ordinal }
    return isNew
  }

  /// - Returns: whether it is the only one of that number.
  @discardableResult
  mutating func add(
    case number: CaseNumber, of day: CalendarDate, _ decision: RequestDecided.Decision?,
    at ordinal: Int
  ) -> Bool {
    days.append(day)
    decisions[ordinal] = decision
    return cases.updateValue(ordinal, forKey: number) == nil
  }

  mutating func add(decision: RequestDecided.Decision, ofCase ordinal: Int) {
    decisions[ordinal] = decision
  }

  mutating func add(certificate: Digest, of version: Int, for ordinal: Int, at position: Int) {
    certificatesOfVersion[version, default: []].append(position)
    certificatesOfCase[ordinal, default: []].append(position)
    if certificates[certificate] == nil { certificates[certificate] = position }
  }

  /// - Returns: whether it is the only one of that digest.
  @discardableResult
  mutating func add(run: Digest, at position: Int) -> Bool {
    runs.updateValue(position, forKey: run) == nil
  }
}

extension RegistryState {
  mutating func append(_ version: VersionState) {
    index.add(
      version: version.digest, weights: version.weights, of: version.model, at: versions.count)
    versions.append(version)
  }

  mutating func append(_ found: CaseState) {
    index.add(case: found.number, of: found.receivedOn, found.decision, at: cases.count)
    cases.append(found)
  }

  mutating func append(_ certificate: CertificateState) {
    index.add(
      certificate: certificate.envelope, of: certificate.version, for: certificate.ordinal,
      at: certificates.count)
    certificates.append(certificate)
  }

  mutating func append(_ run: RunState) {
    index.add(run: run.run, at: runs.count)
    runs.append(run)
  }

  /// Makes the indexes of what was kept.
  ///
  /// - Returns: false where one names what is not there: no state does.
  mutating func makeIndexes() -> Bool {
    index.reserve(versions: versions.count, cases: cases.count)
    return indexVersions() && indexCases() && indexCertificates() && indexRuns()
      && aliases.values.allSatisfy {
        versions.indices.contains($0.version) && $0.stoodAt.upperBound <= versions.count
      }
  }

  private mutating func indexVersions() -> Bool {
    versions.allKept { ordinal, fields in
      let (model, number, digest) = (fields.text(), fields.integer(), fields.digest())
      fields.skip(1)
      let isNew = index.add(version: digest, weights: fields.digest(), of: model, at: ordinal)
      fields.skip(3)
      return isNew && number == index.ofModel[model]?.count
        && fields.optionalInteger() ?? -1 < ordinal
    }
  }

  private mutating func indexCases() -> Bool {
    cases.allKept { ordinal, fields in
      let number = fields.caseNumber()
      fields.skip(1)
      let day = fields.date()
      fields.skip(2)
      let decision = fields.optionalChoice(RequestDecided.Decision.self)
      return index.add(case: number, of: day, decision, at: ordinal)
    }
  }

  private mutating func indexCertificates() -> Bool {
    certificates.allKept { position, fields in
      let (ordinal, version) = (fields.integer(), fields.integer())
      fields.skip(1)
      index.add(certificate: fields.digest(), of: version, for: ordinal, at: position)
      return cases.indices.contains(ordinal) && versions.indices.contains(version)
    }
  }

  private mutating func indexRuns() -> Bool {
    runs.allKept { position, fields in
      let (run, ordinal, parent) = (fields.digest(), fields.integer(), fields.integer())
      let isNew = index.add(run: run, at: position)
      fields.skip(4)
      return isNew && cases.indices.contains(ordinal) && versions.indices.contains(parent)
        && fields.optionalInteger() ?? -1 < versions.count
    }
  }
}
