import FoundationEssentials
import Glibc
package import Records
import Signing
import TransparencyLog

extension RegistryStore {
  /// Makes a registry in a directory that does not exist, is empty, or holds a begun registry.
  ///
  /// Its first events make it, its model and the policies that may mitigate and close. The marker
  /// `oci-layout` is written last: until then it can be begun again. The time is RFC 3339, UTC.
  ///
  /// - Throws: `RegistryError.replaced` where another registry is remembered to lie; `.corrupted` where
  ///   a log lies that is more than a beginning. Nothing is touched then.
  package static func create(
    at directory: String, model: String, policies: [(fact: PolicyAllowed, bytes: [UInt8])],
    time: String, memory: CheckpointMemory? = nil
  ) throws(RegistryError) {
    let layout = RegistryLayout(directory: directory)
    try RegistryName.checkModel(model)
    guard try FileStatus(of: layout.path(RegistryLayout.marker)) == nil else {
      throw .alreadyARegistry(layout.directory)
    }
    if let file = try memory?.file(ofPlace: layout.directory, sayingOtherThan: "") {
      throw .replaced(directory: layout.directory, file: file)
    }
    try makeDirectories(upTo: layout.directory)
    try FileSystem.check(layout.directory)
    try checkVacant(layout)
    for folder in RegistryLayout.folders {
      try DurableFiles.makeFolder(folder.name, in: layout, mode: folder.mode)
    }
    let blobs = BlobStore(layout: layout)
    let staging = try blobs.staging
    let lock = try WriterLock(layout, patience: .seconds(60))
    defer { extendLifetime(lock) }
    try checkVacant(layout)
    var keys: [SigningRole: PublicKey] = [:]
    for role in SigningRole.allCases where role != .witness {
      keys[role] = try Keyring.make(role, in: layout, staging: staging)
    }
    for policy in policies { _ = try blobs.put(policy.bytes) }
    let note = try begin(layout, keys, model, policies.map(\.fact), time)
    blobs.settle()
    for (name, bytes) in [
      (RegistryLayout.checkpoint, note), (RegistryLayout.index, OCIIndex(manifests: []).text),
      (RegistryLayout.marker, Array(RegistryLayout.markerText.utf8)),
    ] {
      try DurableFiles.replace(name, in: layout, with: bytes, staging: staging)
    }
  }

  /// Writes the first batch.
  ///
  /// - Returns: the signed checkpoint.
  private static func begin(
    _ layout: RegistryLayout, _ keys: [SigningRole: PublicKey], _ model: String,
    _ policies: [PolicyAllowed], _ time: String
  ) throws(RegistryError) -> [UInt8] {
    try DurableFiles.remove(RegistryLayout.tail, in: layout)
    var state = RegistryState()
    state.id = Hexadecimal.encode(try Randomness.bytes(16))
    var batch = try EventBatch(state, at: time)
    try batch.add(
      RegistryMade(
        format: RegistryLayout.format,
        keys: keys.sorted { $0.key < $1.key }.map {
          TrustedKey(role: $0.key, key: Hexadecimal.encode($0.value.der))
        }))
    for policy in policies { try batch.add(policy) }
    try batch.add(ModelAdded(model: model))
    let keyring = Keyring(layout: layout)
    var tree = MerkleAccumulator()
    let events = try keyring.sign(batch, on: &tree, trusting: keys)
    let note: [UInt8]
    let key = try keyring.key(of: .log, trusting: keys)
    do throws(SigningError) {
      note = try Checkpoint(
        origin: EventLog.origin(of: state.id), size: tree.count, head: tree.root
      ).signed(by: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey(.log), reason: "\(error)")
    }
    _ = try append(events, after: 0, note, nil, in: layout)
    try DurableFiles.syncFolder(RegistryLayout.log, in: layout)
    return note
  }

  private static func makeDirectories(upTo path: String) throws(RegistryError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .invalidName(what: "a directory", value: path, rule: "it is empty or holds a NUL")
    }
    if try FileStatus(of: path) != nil { return }
    let parent = DurableFiles.parent(of: path)
    if parent != path { try makeDirectories(upTo: parent) }
    try DurableFiles.makeFolder(atPath: path)
  }

  private static func checkVacant(_ layout: RegistryLayout) throws(RegistryError) {
    let names = try DurableFiles.names(in: layout.directory)
    guard !names.contains(RegistryLayout.marker) else { throw .alreadyARegistry(layout.directory) }
    for name in names where !RegistryLayout.topLevel.contains(name) {
      throw .occupied(directory: layout.directory, entry: name)
    }
    if names.contains(RegistryLayout.log) { try checkBeginning(layout) }
    for folder in filledLater where try FileStatus(of: layout.path(folder)) != nil {
      guard let name = try DurableFiles.names(in: layout.path(folder)).first else { continue }
      throw .occupied(directory: layout.directory, entry: "\(folder)/\(name)")
    }
  }

  /// The folders in which a broken-off beginning leaves nothing: what lies there is another registry's,
  /// or was put there to be taken for this one's, such as a sealing key that somebody else knows.
  private static let filledLater = [
    RegistryLayout.sealed, RegistryLayout.attestations, RegistryLayout.states,
    RegistryLayout.tiles, RegistryLayout.features, RegistryLayout.training, RegistryLayout.runs,
  ]

  /// Refuses a log that says more than a broken-off beginning does: the marker alone was taken away.
  private static func checkBeginning(_ layout: RegistryLayout) throws(RegistryError) {
    let path = layout.path(RegistryLayout.tail)
    guard let status = try FileStatus(of: path) else { return }
    let lines =
      status.isPlainFile && status.size < 1 << 20
      ? try DurableFiles.read(path, limit: 1 << 20).split(separator: 0x0A) : []
    let checkpoints = lines.count { $0.first == UInt8(ascii: "c") }
    let isBeginning = lines.dropLast().filter { $0.first != UInt8(ascii: "c") }.allSatisfy { line in
      guard let fact = try? EventEnvelope(Array(line.dropFirst(2))).event.fact else { return false }
      return fact is RegistryMade || fact is PolicyAllowed || fact is ModelAdded
    }
    guard status.size == 0 || !lines.isEmpty && checkpoints <= 1 && isBeginning else {
      throw .corrupted(
        file: RegistryLayout.marker,
        reason: "it is missing beside a log, which is not written over; put it back")
    }
  }
}
