import Glibc
package import Records
import Signing

/// What is known of a training that was kept on its way; what it had come to is bytes here.
package struct KeptTraining: Hashable, Sendable {
  /// The digest of all that determines the training; it names the file.
  package let run: Digest
  /// The case it is done for; nil for a training of its own.
  package let number: CaseNumber?
  /// The version whose weights it goes on from; nil when they are drawn from a seed.
  package let parent: Digest?
  /// The records it reads, by data set.
  package let records: [Digest: RecordSelection]
  package let environment: NumericEnvironment

  package init(
    run: Digest, number: CaseNumber?, parent: Digest?, records: [Digest: RecordSelection],
    environment: NumericEnvironment
  ) {
    self.run = run
    self.number = number
    self.parent = parent
    self.records = records
    self.environment = environment
  }
}

extension RegistryStore {
  /// Keeps what a training has come to, instead of what it had come to before; mode 0600.
  package func keep(
    _ training: KeptTraining, state bytes: [UInt8], at time: String
  ) throws(RegistryError) {
    let receipt = Receipt(
      kind: .training, key: training.run, number: training.number, parent: training.parent,
      records: Dictionary(
        uniqueKeysWithValues: training.records.map { ($0.description, $1) }),
      environment: training.environment, keptAt: time, bytes: SHA256.digest(of: bytes),
      size: bytes.count)
    try write(receipt, bytes, to: RegistryLayout.training(training.run))
  }

  /// What is kept of a training; nil when nothing is.
  ///
  /// - Throws: `RegistryError.corrupted` when a byte is not as this registry wrote it.
  package func keptTraining(
    _ run: Digest
  ) throws(RegistryError) -> (training: KeptTraining, state: [UInt8])? {
    let name = RegistryLayout.training(run)
    guard try FileStatus(of: layout.path(name)) != nil else { return nil }
    let file = try FileDescriptor(reading: layout.path(name), as: name)
    let receipted = try ReceiptedFile(of: file, named: name, key: state.keys[.engine])
    let receipt = receipted.receipt
    guard receipt.kind == .training, receipt.key == run, let records = receipt.recordsByRoot else {
      throw .corrupted(file: name, reason: "it is of another training")
    }
    try receipted.check(file, named: name)
    let size = try receipted.size(of: file, named: name)
    let bytes = try file.read(upTo: size, at: receipted.start)
    let training = KeptTraining(
      run: run, number: receipt.number, parent: receipt.parent, records: records,
      environment: receipt.environment)
    return (training, bytes)
  }

  /// The trainings of which something is kept, sorted; what has another name is none.
  package func keptTrainings() throws(RegistryError) -> [Digest] {
    let folder = layout.path(RegistryLayout.training)
    guard DurableFiles.isReadable(folder) else { return [] }
    return try DurableFiles.names(in: folder).compactMap { Digest(hex: $0) }
  }

  /// The file of a kept training, relative to the registry's directory.
  package static func name(ofTraining run: Digest) -> String { RegistryLayout.training(run) }

  /// Forgets what is kept of a training, if anything is.
  package func discardTraining(_ run: Digest) throws(RegistryError) {
    let name = RegistryLayout.training(run)
    guard try FileStatus(of: layout.path(name)) != nil else { return }
    try layout.checkFolders()
    try DurableFiles.removeWhole(name, in: layout)
    try DurableFiles.syncFolder(RegistryLayout.training, in: layout)
  }

  /// Holds a run's own folder, so that nobody else does the same run; nil when somebody does.
  package func hold(run: Digest) throws(RegistryError) -> RunHold? {
    try layout.checkFolders()
    let name = RegistryLayout.run(run)
    for folder in [RegistryLayout.work, RegistryLayout.runs, name] {
      try DurableFiles.makeFolder(folder, in: layout, mode: 0o700)
    }
    guard let hold = try FolderHold(taking: name, in: layout) else { return nil }
    return RunHold(hold: hold, name: run.hex, parent: try Folder(RegistryLayout.runs, in: layout))
  }
}

/// A run that is being done here.
package final class RunHold: Sendable {
  private let hold: FolderHold
  private let name: String
  private let parent: Folder

  init(hold: FolderHold, name: String, parent: consuming Folder) {
    self.hold = hold
    self.name = name
    self.parent = parent
  }

  deinit { try? parent.removeFolder(name) }
}
