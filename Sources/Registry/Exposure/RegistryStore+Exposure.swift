package import Records

extension RegistryStore {
  /// What a version holds of a person, given as training records by the digest of their manifest.
  ///
  /// Without `countingOwnCertificates` it is what lineage alone says, before the version was
  /// certified.
  package func exposure(
    of version: Digest, to person: [Digest: RecordSelection], countingOwnCertificates: Bool = true
  ) throws(RegistryError) -> PersonExposure {
    PersonExposure(
      following: try steps(to: version), person: person,
      countingOwnCertificates: countingOwnCertificates)
  }

  /// What a version that is not committed yet would hold of a person.
  package func exposure(
    of lineage: Lineage, to person: [Digest: RecordSelection]
  ) throws(RegistryError) -> PersonExposure {
    var steps: [LineageStep] = []
    if let parent = lineage.parent { steps = try self.steps(to: parent) }
    return PersonExposure(
      following: steps + [LineageStep(lineage: lineage, certificates: [])], person: person)
  }

  /// The versions from the first to this one, with what was certified of each.
  private func steps(to version: Digest) throws(RegistryError) -> [LineageStep] {
    try ancestry(of: version).reversed().map { entry throws(RegistryError) in
      LineageStep(
        lineage: entry.lineage,
        certificates: try certificates(of: entry.digest).map {
          LineageStep.Assurance(verdict: $0.verdict, covered: $0.covered)
        })
    }
  }
}
