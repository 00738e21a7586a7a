package import Records
import Signing

extension RegistryStore {
  /// Keeps derived data under its SHA-256 with the engine's receipt, for its keeper's eyes only.
  ///
  /// The caller sees to it that nobody who was forgotten is in it; `audit` holds it against that.
  @discardableResult
  package func keep(_ draft: DerivedDraft, at time: String) throws(RegistryError) -> DerivedData {
    precondition(!draft.records.isEmpty, "derived data of nobody")
    let digest = SHA256.digest(of: draft.bytes)
    let receipt = Receipt(
      kind: .features, key: draft.key, number: nil, parent: nil,
      records: [draft.root.description: draft.records], environment: draft.environment,
      keptAt: time, bytes: digest, size: draft.bytes.count)
    try write(receipt, draft.bytes, to: RegistryLayout.features(digest))
    return DerivedData(
      digest: digest, key: draft.key, root: draft.root, records: draft.records, keptAt: time,
      environment: draft.environment)
  }

  /// Writes a file with its receipt, instead of what lay there.
  func write(_ receipt: Receipt, _ bytes: [UInt8], to file: String) throws(RegistryError) {
    let key = try Keyring(layout: layout).key(of: .engine, trusting: state.keys)
    let head: [UInt8]
    do throws(SigningError) {
      head = try ReceiptedFile.head(receipt, key: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey(.engine), reason: "\(error)")
    }
    let staging = try blobs.staging
    try DurableFiles.makeFolder(DurableFiles.parent(of: file), in: layout, mode: 0o700)
    try DurableFiles.replace(file, in: layout, with: head + bytes, mode: 0o600, staging: staging)
  }

  /// Puts data made from fewer records in the place of an entry, or nothing.
  ///
  /// The old file is unlinked, not overwritten: what its blocks held is the disk's to forget. The
  /// caller says in the log that it went.
  package func erase(
    _ entry: DerivedData, leaving draft: DerivedDraft?, at time: String
  ) throws(RegistryError) {
    if let draft { try keep(draft, at: time) }
    try discard([entry])
  }

  /// Removes derived data.
  package func discard(_ entries: [DerivedData]) throws(RegistryError) {
    try layout.checkFolders()
    for entry in entries {
      try DurableFiles.removeWhole(RegistryLayout.features(entry.digest), in: layout)
    }
    if !entries.isEmpty { try DurableFiles.syncFolder(RegistryLayout.features, in: layout) }
  }

  /// All derived data with a receipt that verifies, or that of a key, by data set and name.
  ///
  /// Of the bytes nothing is said before they are opened.
  package func derivedData(key: Digest? = nil) throws(RegistryError) -> [DerivedData] {
    let folder = layout.path(RegistryLayout.features)
    guard DurableFiles.isReadable(folder) else { return [] }
    var entries: [DerivedData] = []
    for name in try DurableFiles.names(in: folder) {
      guard let digest = Digest(hex: name),
        let entry = try? DerivedFile.entry(named: digest, in: layout, key: state.keys[.engine]),
        key == nil || entry.key == key
      else { continue }
      entries.append(entry)
    }
    return entries.sorted { ($0.root, $0.keptAt, $0.digest) < ($1.root, $1.keptAt, $1.digest) }
  }

  /// The first file or folder of derived data and kept trainings that is there and that this process
  /// may not read, so that what is kept is not known; nil where there is none.
  package func unreadableWork() -> String? {
    for folder in [RegistryLayout.features, RegistryLayout.training] {
      do throws(RegistryError) {
        guard try FileStatus(of: layout.path(folder))?.isFolder == true else { continue }
      } catch {
        return folder
      }
      guard DurableFiles.isReadable(layout.path(folder)),
        let names = try? DurableFiles.names(in: layout.path(folder))
      else { return folder }
      let files = names.filter { Digest(hex: $0) != nil }.map { "\(folder)/\($0)" }
      if let file = files.first(where: { !DurableFiles.isReadableFile(layout.path($0)) }) {
        return file
      }
    }
    return nil
  }

  /// Opens derived data and verifies its digest.
  package func open(_ entry: DerivedData) throws(RegistryError) -> DerivedFile {
    try DerivedFile(named: entry.digest, in: layout, key: state.keys[.engine])
  }

  /// The size of a file of derived data, in bytes; nil where it is missing.
  package func byteCount(of entry: DerivedData) throws(RegistryError) -> Int? {
    try FileStatus(of: layout.path(RegistryLayout.features(entry.digest)))?.size
  }

  /// The size of the file of a kept training, in bytes; nil where it is missing.
  package func byteCount(ofTraining run: Digest) throws(RegistryError) -> Int? {
    try FileStatus(of: layout.path(RegistryLayout.training(run)))?.size
  }
}

extension RegistryStore {
  /// Whether this process may keep files with a receipt: on a medium that can be written, with the
  /// engine's key.
  package static func mayKeep(at directory: String) -> Bool {
    let layout = RegistryLayout(directory: directory)
    return DurableFiles.isWritable(layout.path(RegistryLayout.work))
      && DurableFiles.isReadableFile(layout.path(RegistryLayout.privateKey(.engine)))
  }
}
