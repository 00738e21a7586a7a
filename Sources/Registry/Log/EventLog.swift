import Records
import Signing
import TransparencyLog

/// Reads the log of a registry: its keys from the first event, its end from the last checkpoint that
/// verifies, its state from the newest kept one and the events since.
struct EventLog {
  let layout: RegistryLayout
  /// How the end is found.
  var search = TailReader.Search.nearEnd
  /// How many threads read; what they read does not depend on it.
  var threads = 1

  /// The name under which the registry's checkpoints are signed.
  static func origin(of id: String) -> String { "imu-registry/\(id)" }

  /// Reads all there is under the last checkpoint.
  ///
  /// - Throws: `RegistryError.corrupted` naming the file when the log does not hold together.
  func read() throws(RegistryError) -> FoldedLog {
    let reader = try open()
    let made = try firstEvent(reader)
    let last = try lastCheckpoint(reader, made)
    if let place = last.state, let log = try fromKept(place, reader, made, last) { return log }
    return try fold(FoldedLog(), reader, made, upTo: last)
  }

  /// Reads what came since.
  func refresh(_ log: FoldedLog) throws(RegistryError) -> FoldedLog {
    let reader = try open()
    let made = try firstEvent(reader)
    let last = try lastCheckpoint(reader, made)
    guard last.end >= log.end, last.checkpoint.size >= log.state.size else {
      throw Self.flaw("it is shorter than it was a moment ago")
    }
    if last.end > log.end { return try fold(log, reader, made, upTo: last) }
    guard last.note == log.note else { throw Self.flaw("it is not what it was a moment ago") }
    return log
  }

  /// Reads every event from the first one on, without any kept state.
  ///
  /// `each` is told of every event and of every checkpoint record.
  func readWhole(
    _ each: (FoldedLog, FoldedLog.Taken?, ReadRecord) throws -> Void
  ) throws -> FoldedLog {
    let reader = try open()
    let made = try firstEvent(reader)
    let last = try lastCheckpoint(reader, made)
    var log = FoldedLog()
    try Self.namingEach {
      try forEachRecord(reader, in: 0..<last.end, of: made, verifying: true) { record, offset in
        let taken: FoldedLog.Taken? =
          if case .event(let event) = record { log.take(event, at: offset) } else { nil }
        try each(log, taken, record)
      }
    }
    guard log.reach(last) else { throw Self.mismatch }
    return log
  }

  func open() throws(RegistryError) -> TailReader {
    guard try FileStatus(of: layout.path(RegistryLayout.tail)) != nil else {
      throw .corrupted(file: RegistryLayout.tail, reason: "it is missing")
    }
    do throws(LogError) {
      return try TailReader(openingAt: layout.path(RegistryLayout.tail))
    } catch {
      throw Self.flaw("\(error)")
    }
  }

  /// The event that made the registry, signed by the root key that it names.
  func firstEvent(_ reader: borrowing TailReader) throws(RegistryError) -> FirstEvent {
    let bytes: [UInt8]
    do throws(LogError) {
      bytes = try reader.firstEvent()
    } catch {
      throw Self.flaw("\(error)")
    }
    guard let envelope = try? EventEnvelope(bytes), let made = envelope.event.fact as? RegistryMade,
      (try? envelope.check(trusting: made.trusted)) != nil
    else { throw Self.flaw("it does not begin with the event that made the registry") }
    guard made.format == RegistryLayout.format else {
      throw .otherFormat(directory: layout.directory, found: made.format)
    }
    var state = RegistryState()
    do throws(IllegalEvent) {
      try state.fold(envelope.event, on: MerkleAccumulator().root)
    } catch {
      throw Self.flaw("its first event \(error.reason)")
    }
    return FirstEvent(
      id: envelope.event.registry, keys: made.trusted, leaf: MerkleTree.leafHash(bytes))
  }

  struct FirstEvent {
    let id: String
    let keys: [SigningRole: PublicKey]
    let leaf: Digest
  }

  func lastCheckpoint(
    _ reader: borrowing TailReader, _ made: FirstEvent
  ) throws(RegistryError) -> PlacedCheckpoint {
    guard let key = made.keys[.log] else { throw Self.flaw("it names no key of the log") }
    let found: PlacedCheckpoint?
    do throws(LogError) {
      found = try reader.lastCheckpoint(
        origin: Self.origin(of: made.id), trusted: [key], search)
    } catch {
      throw Self.flaw("\(error)")
    }
    guard let found else { throw Self.flaw("no checkpoint in it verifies") }
    return found
  }

  /// Goes on from a kept state, where that is what the log says was kept; nil otherwise.
  private func fromKept(
    _ place: StatePlace, _ reader: borrowing TailReader, _ made: FirstEvent,
    _ last: PlacedCheckpoint
  ) throws(RegistryError) -> FoldedLog? {
    let path = layout.path(RegistryLayout.state(place.size))
    guard try FileStatus(of: path)?.isPlainFile == true,
      let bytes = try? DurableFiles.read(path, limit: RegistryLayout.stateLimit(tail: last.end)),
      (0..<last.end).contains(place.offset),
      let log = FoldedLog(kept: bytes, at: place, threads: threads),
      (try? MerkleTree.verifyInclusion(
        of: made.leaf, at: 0, size: place.size, proof: log.first.proof, root: log.tree.root))
        != nil,
      let folded = try? fold(log, reader, made, upTo: last, keptAs: SHA256.digest(of: bytes))
    else { return nil }
    return folded
  }

  /// Folds the events up to a checkpoint.
  ///
  /// With `keptAs` the first of them must say that the log's state was kept under that digest.
  private func fold(
    _ start: consuming FoldedLog, _ reader: borrowing TailReader, _ made: FirstEvent,
    upTo last: PlacedCheckpoint, keptAs digest: Digest? = nil
  ) throws(RegistryError) -> FoldedLog {
    // Taken over and not copied: the first event would copy the whole state.
    var log = start
    var awaited = digest
    let size = log.state.size
    try Self.namingAny {
      try forEachRecord(reader, in: log.end..<last.end, of: made) { record, offset in
        guard case .event(let event) = record else { return }
        if let digest = awaited {
          // Nothing is folded on a state that nobody kept: what is in it may be anything.
          guard Self.says(event, size, digest, made.keys) else { throw Self.mismatch }
          awaited = nil
        }
        log.take(event, at: offset)
      }
    }
    guard awaited == nil, log.reach(last) else { throw Self.mismatch }
    return log
  }

  private static func says(
    _ event: ReadEvent, _ size: Int, _ digest: Digest, _ keys: [SigningRole: PublicKey]
  ) -> Bool {
    guard let envelope = try? event.envelope.get(), let kept = envelope.event.fact as? StateKept,
      (try? event.check(trusting: keys)) != nil
    else { return false }
    return kept.size == size && kept.state == digest
  }

  static var mismatch: RegistryError {
    flaw("its events are not those that its last checkpoint vouches for")
  }

  static func flaw(_ reason: String) -> RegistryError {
    .corrupted(file: RegistryLayout.tail, reason: reason)
  }

  /// Names the file in what is said against its records.
  static func namingAny<Result>(
    _ body: () throws -> Result
  ) throws(RegistryError) -> Result {
    do { return try body() } catch { throw flaw("\(error)") }
  }

  private static func namingEach<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as LogError { throw flaw("\(error)") }
  }
}
