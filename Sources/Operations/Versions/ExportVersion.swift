import Records
import Registry

extension Workplace {
  /// Writes a version's files and its signature into a folder that is empty or not there.
  ///
  /// All but the weights is verified before anything is written; these are while they are copied, as
  /// they may be long, and where something does not verify nothing is left.
  ///
  /// - Returns: one sentence for the person.
  package func export(_ name: String, to folder: String) throws -> String {
    try checkOutside(folder)
    return try assuring { store in
      let version = try store.version(named: name)
      try store.checkSizes(of: version)
      let files = [
        (RegistryStore.signatureName, try store.modelSignature(of: version)),
        (NetworkFiles.configurationName, try store.blobs.read(version.configuration)),
      ]
      try EmptyFolder.fill(folder) { draft in
        try store.blobs.copy(version.weights, to: "\(draft)/\(NetworkFiles.weightsName)")
        for (name, bytes) in files { try ReportFiles.write(bytes, to: "\(draft)/\(name)") }
      }
      return "exported \(version.shortName) to '\(folder)'"
    }
  }
}
