package import Records
import Signing

extension RegistryStore {
  /// Keeps what a training has come to, instead of what it had come to before; mode 0600.
  package func keep(_ training: KeptTraining, state: [UInt8]) throws(RegistryError) {
    precondition(access == .writing, "a registry opened for writing")
    let key = try signingKey()
    let bytes: [UInt8]
    do throws(SigningError) {
      bytes = try KeptTrainingFile.bytes(training, state: state, key: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey, reason: "\(error)")
    }
    try DurableFiles.makeFolder(layout.path(RegistryLayout.training), mode: 0o700)
    try DurableFiles.replace(
      layout.path(RegistryLayout.training(training.run)), with: bytes, mode: 0o600,
      staging: layout.path(RegistryLayout.staging))
  }

  /// What is kept of a training; nil when nothing is.
  ///
  /// - Throws: `RegistryError.corrupted` when a byte is not as this registry wrote it.
  package func keptTraining(
    _ run: Digest
  ) throws(RegistryError) -> (training: KeptTraining, state: [UInt8])? {
    let file = RegistryLayout.training(run)
    guard try FileStatus(of: layout.path(file)) != nil else { return nil }
    let read = try KeptTrainingFile(
      bytes: try DurableFiles.read(layout.path(file)), run: run, file: file,
      key: try verificationKey())
    return (read.training, read.state)
  }

  /// The trainings of which something is kept, sorted; what has another name is none.
  package func keptTrainings() throws(RegistryError) -> [Digest] {
    let folder = layout.path(RegistryLayout.training)
    guard try FileStatus(of: folder)?.isFolder == true else { return [] }
    return try DurableFiles.names(in: folder).compactMap { Digest(hex: $0) }
  }

  /// The file of a kept training, relative to the registry's directory.
  package static func name(ofTraining run: Digest) -> String { RegistryLayout.training(run) }

  /// Forgets what is kept of a training, if anything is.
  package func discardTraining(_ run: Digest) throws(RegistryError) {
    precondition(access == .writing, "a registry opened for writing")
    let path = layout.path(RegistryLayout.training(run))
    guard let status = try FileStatus(of: path), !status.isFolder else { return }
    try DurableFiles.remove(path)
    try DurableFiles.syncFolder(layout.path(RegistryLayout.training))
  }
}
