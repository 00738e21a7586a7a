/// Every check there is, in the order reports show them; a new one is added here.
package enum Checks {
  package static let all: [Check] = [
    .provenance, .utilityTest, .utilityRetain, .forgetAccuracy, .populationMembership,
    .outputDistance, .tensorChanges, .legacyMIA, .legacyWasserstein,
  ]

  package static func named(_ id: String) -> Check? { all.first { $0.id == id } }
}
