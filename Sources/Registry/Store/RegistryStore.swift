import Glibc
import Records
import Signing
package import TransparencyLog

/// An open registry: what its log says is so, and the bytes that the log names by digest.
///
/// Opening it reads, takes no lock and makes no file. What decides, decides from `state`.
package final class RegistryStore {
  package let layout: RegistryLayout
  package let blobs: BlobStore
  package let sealed: SealedParts
  /// Where the last checkpoint of this registry is remembered outside of it.
  package let memory: CheckpointMemory?
  /// How long a writer waits for others.
  package let patience: Duration
  /// How the log's end is found.
  let search: TailReader.Search
  /// How many threads read the log; nothing depends on it.
  package let threads: Int
  var log: FoldedLog
  /// What follows from the log and could not be made after a commit; each is made by a later writer.
  package private(set) var leftUndone: [RegistryError] = []
  /// Why the newest checkpoint is not remembered outside, which no later writer mends by itself.
  package private(set) var notRemembered: RegistryError?
  /// Manifests that were opened.
  var manifests: [Digest: Manifest] = [:]
  /// Heads of data sets that were opened, by their commitment.
  var heads: [Digest: DatasetHead] = [:]
  /// Tables of subjects that were opened, by their commitment.
  var shelves: [Digest: SubjectTable] = [:]
  private var isPrepared = false
  private var notSwept: RegistryError?

  package var state: RegistryState { log.state }

  var eventLog: EventLog { EventLog(layout: layout, search: search, threads: threads) }

  /// Reads a registry.
  ///
  /// - Throws: `RegistryError` when there is none, it is of another format, or its log does not
  ///   verify.
  package init(
    openingAt directory: String, memory: CheckpointMemory? = nil,
    patience: Duration = .seconds(60), threads: Int = 1,
    searching search: TailReader.Search = .nearEnd
  ) throws(RegistryError) {
    layout = RegistryLayout(directory: directory)
    self.threads = threads
    blobs = BlobStore(layout: layout)
    sealed = SealedParts(layout: layout, blobs: blobs)
    self.memory = memory
    self.patience = patience
    try Self.checkFormat(of: layout)
    self.search = search
    log = try EventLog(layout: layout, search: search, threads: threads).read()
    sealed.isNamed = { [weak self] folder in self?.state.namesParts(in: folder) ?? true }
    blobs.prepare = { [weak self] () throws(RegistryError) in try self?.prepare() }
  }

  private static func checkFormat(of layout: RegistryLayout) throws(RegistryError) {
    guard try FileStatus(of: layout.directory) != nil else { throw .noDirectory(layout.directory) }
    guard try FileStatus(of: layout.path(RegistryLayout.marker)) != nil else {
      guard try FileStatus(of: layout.path(RegistryLayout.tail)) == nil else {
        throw .corrupted(
          file: RegistryLayout.marker,
          reason:
            "it is missing beside a log; put it back, or run an 'init' again that was broken off")
      }
      throw .notARegistry(layout.directory)
    }
    if try FileStatus(of: layout.path("log/entries.jsonl")) != nil {
      throw .otherFormat(directory: layout.directory, found: 1)
    }
  }

  /// Reads what other processes have committed since.
  package func refresh() throws(RegistryError) {
    log = try eventLog.refresh(log)
  }

  /// Commits what the body adds to the batch, all of it or nothing, and then makes what follows.
  ///
  /// The body runs while this writer holds the registry, on the newest state; it decides from the
  /// batch's state, and an event that the fold would not take is thrown before anything is signed. A
  /// body that adds nothing commits nothing.
  package func commit<Result>(
    at now: String, clock rule: EventBatch.ClockRule = .checked,
    _ body: (inout EventBatch) throws -> Result
  ) throws -> Result {
    try prepare()
    do {
      let (result, isCommitted) = try append(now, rule, body)
      if isCommitted { follow(isWhole: false) }
      return result
    } catch {
      // What was published for nothing is for the next writer to remove.
      blobs.abandon()
      throw error
    }
  }

  private func append<Result>(
    _ now: String, _ rule: EventBatch.ClockRule, _ body: (inout EventBatch) throws -> Result
  ) throws -> (Result, isCommitted: Bool) {
    let lock = try WriterLock(layout, patience: patience)
    defer { extendLifetime(lock) }
    try refresh()
    try checkMemory()
    if let schema = state.newerSchema {
      throw RegistryError.newerSchema(
        file: RegistryLayout.tail, found: schema, supported: Event.schema)
    }
    var batch = try EventBatch(state, at: now, rule)
    let kept = try rule == .checked ? keepState(in: &batch) : nil
    let begun = batch.facts.count
    let result = try body(&batch)
    guard batch.facts.count > begun else { return (result, false) }
    try write(batch, kept)
    return (result, true)
  }

  /// Signs and appends: the commit.
  private func write(_ batch: consuming EventBatch, _ kept: KeptText?) throws(RegistryError) {
    let keyring = Keyring(layout: layout)
    var tree = log.tree
    let events = try keyring.sign(batch, on: &tree, trusting: state.keys)
    let start = log.end
    var place = log.kept
    if let kept { place = StatePlace(size: kept.size, offset: start) }
    var next = log
    next.commit(events, state: batch.state, kept: place)
    let checkpoint = Checkpoint(
      origin: EventLog.origin(of: state.id), size: next.tree.count, head: next.tree.root)
    let note: [UInt8]
    let key = try keyring.key(of: .log, trusting: state.keys)
    do throws(SigningError) {
      note = try checkpoint.signed(by: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey(.log), reason: "\(error)")
    }
    if let kept { try write(kept) }
    blobs.commit()
    let end = try Self.append(events, after: start, note, place, in: layout)
    next.reach(end: end, note: note)
    log = next
    blobs.settle()
  }

  static func append(
    _ events: [[UInt8]], after start: Int, _ note: [UInt8], _ place: StatePlace?,
    in layout: RegistryLayout
  ) throws(RegistryError) -> Int {
    let folder = try Folder(above: RegistryLayout.tail, in: layout)
    do throws(LogError) {
      let writer = try TailWriter(
        openingAt: Folder.split(RegistryLayout.tail).own, under: folder.number, creating: start == 0
      )
      return try writer.append(events, after: start, checkpoint: note, state: place)
    } catch {
      throw .system(operation: "append to", path: RegistryLayout.tail, reason: "\(error)")
    }
  }

  /// How many events there may be between two kept states.
  static let keptEvery = 256

  /// A state that is being kept.
  private struct KeptText {
    let size: Int
    let bytes: [UInt8]
  }

  /// Whether what requests are looked up by is named and away, or its key: a state names it anew.
  ///
  /// Cost: two looks at the file system, as every commit asks.
  private var areRequestTagsLost: Bool {
    guard let tags = state.requestTags else { return false }
    let scope = SealedScope.requests
    let key = try? FileStatus(of: layout.path("\(scope.folder)/\(SealedParts.keyName)"))
    let file = try? FileStatus(of: layout.path(scope.file(tags)))
    return file == nil || key?.size != SealedParts.keySize
  }

  /// Begins a batch with keeping the state, where many events have come since the last one kept.
  private func keepState(in batch: inout EventBatch) throws -> KeptText? {
    guard state.size - (log.kept?.size ?? 0) >= Self.keptEvery || areRequestTagsLost,
      // A forged one stops nobody from writing.
      !state.frozen.contains(StateKept.entity)
    else { return nil }
    let text = log.keptText
    try batch.add(
      StateKept(size: state.size, state: SHA256.digest(of: text), tags: sealRequestTags()))
    return KeptText(size: state.size, bytes: text)
  }

  /// Puts the file of a kept state in its place, before the log names it.
  private func write(_ kept: KeptText) throws(RegistryError) {
    try DurableFiles.makeFolder(RegistryLayout.states, in: layout)
    let name = RegistryLayout.state(kept.size)
    var staged = try blobs.stage()
    try staged.write(kept.bytes)
    try staged.finish(mode: 0o444)
    if try !blobs.staging.publish(staged, as: name) {
      // A dead writer's, or a liar's: what the log is going to name must lie there.
      try DurableFiles.replace(
        name, in: layout, with: kept.bytes, mode: 0o444, staging: try blobs.staging)
    }
  }

  /// What a writer does once before its first commit.
  private func prepare() throws(RegistryError) {
    guard !isPrepared else { return }
    try FileSystem.check(layout.directory)
    try layout.checkFolders()
    isPrepared = true
    do throws(RegistryError) {
      try sweep()
    } catch {
      // What somebody left there keeps nobody from writing.
      notSwept = error
    }
  }

  /// Makes what follows from the log, all of it or what came since it was made last; what cannot be made
  /// is left to a later writer.
  package func follow(isWhole: Bool = true) {
    leftUndone =
      [notSwept].compactMap { $0 } + Consequences(store: self, isWhole: isWhole).make()
    notRemembered = nil
    do throws(RegistryError) {
      try remember()
    } catch {
      notRemembered = error
    }
  }
}
