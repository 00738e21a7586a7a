package import Records

extension RegistryState {
  /// The version of that digest, by its ordinal.
  package func ordinal(of version: Digest) -> Int? { index.versions[version] }

  package func version(_ digest: Digest) -> VersionState? {
    index.versions[digest].map { versions[$0] }
  }

  /// The first version that has weights of that digest.
  package func version(ofWeights weights: Digest) -> Int? { index.firstOfWeights[weights] }

  /// The ordinals of a model's versions, in the order of their numbers.
  package func versions(of model: String) -> [Int] { index.ofModel[model] ?? [] }

  /// The next number of a model's versions; 1 for the first.
  package func nextNumber(of model: String) -> Int { versions(of: model).count + 1 }

  package func ordinal(of number: CaseNumber) -> Int? { index.cases[number] }

  /// What was last decided of a case; nil before anything was.
  package func decision(ofCase ordinal: Int) -> RequestDecided.Decision? {
    index.decisions[ordinal]
  }

  /// The day a case's request was received.
  package func receivedOn(ofCase ordinal: Int) -> CalendarDate { index.days[ordinal] }

  /// The cases whose person may not be trained on.
  package var withheld: RecordSelection {
    RecordSelection(index.decisions.filter { $0.value == .approved }.keys)
  }

  /// The cases that were refused.
  package var refused: RecordSelection {
    RecordSelection(index.decisions.filter { $0.value == .refused }.keys)
  }

  package func run(_ digest: Digest) -> RunState? { index.runs[digest].map { runs[$0] } }

  /// Changes a run that has begun.
  mutating func change(_ run: Digest, _ body: (inout RunState) -> Void) {
    if let position = index.runs[run] { body(&runs[position]) }
  }

  /// The certificates of a version, in the order of the log.
  package func certificates(of version: Int) -> [CertificateState] {
    (index.certificatesOfVersion[version] ?? []).map { certificates[$0] }
  }

  /// The certificates for a case, in the order of the log.
  package func certificates(for ordinal: Int) -> [CertificateState] {
    (index.certificatesOfCase[ordinal] ?? []).map { certificates[$0] }
  }

  func positions(ofCertificatesFor ordinal: Int) -> [Int] {
    index.certificatesOfCase[ordinal] ?? []
  }

  func position(ofCertificate envelope: Digest) -> Int? { index.certificates[envelope] }

  /// The certificate of that envelope.
  package func certificate(_ envelope: Digest) -> CertificateState? {
    index.certificates[envelope].map { certificates[$0] }
  }
}
