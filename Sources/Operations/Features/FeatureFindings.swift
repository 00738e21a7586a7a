import Datasets
import Records
import Registry

extension RegistryStore {
  /// Whether what is derived from people's records has nobody in it who is to be forgotten.
  func derivedDataFindings() throws -> [Finding] {
    var manifests: [Digest: Manifest] = [:]
    let met = try requests { $0.forbidsDerivedData }
    return try derivedData().flatMap { entry in
      let manifest = try manifests[entry.root] ?? self.manifest(entry.root)
      manifests[entry.root] = manifest
      let file = "work/features/\(entry.digest.hex)"
      let left = met.compactMap { request -> Finding? in
        let found = entry.records.intersection(manifest.records(aboutAnybodyIn: request.selector))
        guard !found.isEmpty else { return nil }
        return Finding(
          file,
          "holds features of \(found.count) records of the person of request '\(request.id)', "
            + "which must be gone", isGood: false)
      }
      guard left.isEmpty else { return left }
      return [
        Finding(
          file,
          "features of \(entry.records.count) records of '\(manifest.dataset)', none of a person "
            + "whose request was met", isGood: true)
      ]
    }
  }
}
