import Records

extension Check {
  /// Which weights and running statistics differ from the original's.
  static let tensorChanges = Check(
    id: "tensor-changes", title: "What changed in the weights", purpose: .provenance, bounds: []
  ) { observations, _ in
    let parts: [(TensorChange.Part, String)] = [
      (.extractorParameter, "extractor weights"),
      (.extractorBuffer, "extractor running statistics"),
      (.classifierParameter, "classifier weights"),
    ]
    var measurements: [Measurement] = []
    for (part, name) in parts {
      let tensors = observations.tensors.filter { $0.part == part }
      let elements = tensors.reduce(0) { $0 + $1.elementCount }
      guard elements > 0 else { continue }
      let changed = tensors.reduce(0) { $0 + $1.changedCount }
      measurements.append(
        .share(
          "share of \(name) that changed", .candidate, elements, Double(changed) / Double(elements)
        ))
    }
    let (status, finding) = statusOfTensors(observations)
    return Outcome(status: status, finding: finding, measurements: measurements)
  }

  private static func statusOfTensors(_ observations: Observations) -> (CheckStatus, String) {
    if observations.tensors.isEmpty {
      return (.notAssessed, "The tensors were not compared.")
    }
    if observations.isNothingChanged {
      return (.fail, "No weight of the candidate differs from the original's.")
    }
    let changed = observations.tensors.count { $0.changedCount > 0 }
    let count = "\(changed) of \(observations.tensors.count) tensors changed"
    if observations.keepsExposedExtractor {
      return (
        .warn,
        "\(count), none of them in the extractor, which was trained on the person: output "
          + "suppression; representation unchanged."
      )
    }
    return (.pass, "\(count).")
  }
}
