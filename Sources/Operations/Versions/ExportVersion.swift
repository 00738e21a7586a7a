import FoundationEssentials
import Records
import Registry

extension Workplace {
  /// Writes a version's files and its signature into a folder that is empty or not there.
  ///
  /// - Returns: one sentence for the person.
  package func export(_ name: String, to folder: String) throws -> String {
    guard !isInside(folder, registryPath) else {
      throw Failure("'\(folder)' lies in the registry", hint: "name a folder outside it")
    }
    return try reading { store in
      // What is given away must be what is so.
      try store.checkMemory()
      let version = try store.version(named: name)
      let signature = try store.modelSignature(of: version)
      try store.checkSizes(of: version)
      try Self.makeEmpty(folder)
      try store.blobs.copy(version.weights, to: "\(folder)/\(NetworkFiles.weightsName)")
      try store.blobs.copy(version.configuration, to: "\(folder)/\(NetworkFiles.configurationName)")
      try ReportFiles.write(signature, to: "\(folder)/\(RegistryStore.signatureName)")
      return "exported \(version.shortName) to '\(folder)'"
    }
  }

  private func isInside(_ path: String, _ folder: String) -> Bool {
    let names = [path, folder].map {
      URL(filePath: Self.absolute($0)).standardized.pathComponents.filter { $0 != "/" }
    }
    return names[0].starts(with: names[1])
  }

  static func makeEmpty(_ folder: String) throws {
    let files = FileManager.default
    if files.fileExists(atPath: folder) {
      guard let names = try? files.contentsOfDirectory(atPath: folder), names.isEmpty else {
        throw Failure("'\(folder)' is not an empty folder", hint: "name one that is not there yet")
      }
      return
    }
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make folder '\(folder)'")
    }
  }
}
