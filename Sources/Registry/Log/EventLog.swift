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
    if let place = last.state, let log = try fromKept(place, reader, made, last) {
      return try Self.whole(log)
    }
    return try Self.whole(try fold(FoldedLog(), reader, made, upTo: last))
  }

  /// The log, where it does not end in the middle of a change.
  ///
  /// A change is written under one checkpoint: this one was signed by the log's key alone, to have
  /// what was done without what goes with it.
  private static func whole(_ log: consuming FoldedLog) throws(RegistryError) -> FoldedLog {
    let ahead = log.state.ahead
    guard ahead == 0 else {
      throw flaw(
        "its last checkpoint lies in the middle of a change of which \(ahead) more "
          + (ahead == 1 ? "event was" : "events were")
          + " to follow: whoever holds the key of the log has cut it; put it back from a copy")
    }
    return log
  }

  /// Reads what came since.
  func refresh(_ log: FoldedLog) throws(RegistryError) -> FoldedLog {
    let reader = try open()
    // What made it was looked at when it was read; what is not of it has no checkpoint of its key.
    let made = FirstEvent(id: log.state.id, keys: log.state.keys)
    let last = try lastCheckpoint(reader, made)
    guard last.end >= log.end, last.checkpoint.size >= log.state.size else {
      throw Self.flaw("it is shorter than it was a moment ago")
    }
    if last.end > log.end { return try Self.whole(try fold(log, reader, made, upTo: last)) }
    guard last.note == log.note else { throw Self.flaw("it is not what it was a moment ago") }
    return log
  }

  /// Reads every event from the first one on, without any kept state: as far as a log was read before,
  /// whatever came since, or to the last checkpoint.
  ///
  /// `each` is told of every event and of every checkpoint record.
  func readWhole(
    asFarAs known: FoldedLog? = nil,
    _ each: (FoldedLog, FoldedLog.Taken?, ReadRecord) throws -> Void
  ) throws -> FoldedLog {
    let reader = try open()
    let made = try firstEvent(reader)
    let last = try known == nil ? lastCheckpoint(reader, made) : nil
    var log = FoldedLog()
    try Self.namingEach {
      let end = known?.end ?? last?.end ?? 0
      try forEachRecord(reader, in: 0..<end, of: made, verifying: true) { record, offset in
        let taken: FoldedLog.Taken? =
          if case .event(let event) = record { log.take(event, at: offset) } else { nil }
        try each(log, taken, record)
      }
    }
    if let last, !log.reach(last) { throw Self.mismatch }
    if let known {
      guard log.tree == known.tree else { throw Self.mismatch }
      log.reach(end: known.end, note: known.note)
    }
    return try Self.whole(log)
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
    return FirstEvent(id: envelope.event.registry, keys: made.trusted)
  }

  struct FirstEvent {
    let id: String
    let keys: [SigningRole: PublicKey]
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
      let (log, digest) = kept(bytes, at: place),
      // Whose word counts is what the first event says, and no later one can.
      log.state.id == made.id, log.state.keys == made.keys,
      let first = try? reader.firstEvent(),
      (try? MerkleTree.verifyInclusion(
        of: MerkleTree.leafHash(first), at: 0, size: place.size, proof: log.first.proof,
        root: log.tree.root))
        != nil,
      let folded = try? fold(log, reader, made, upTo: last, keptAs: digest)
    else { return nil }
    return folded
  }

  /// Reads a kept state, and hashes it meanwhile.
  private func kept(_ bytes: [UInt8], at place: StatePlace) -> (FoldedLog, Digest)? {
    let made = Workers.map([true, false], threads: threads, share: 1) { isRead in
      isRead
        ? (FoldedLog(kept: bytes, at: place), nil) : (nil, SHA256.digest(of: bytes))
    }
    guard let log = made.lazy.compactMap(\.0).first,
      let digest = made.lazy.compactMap(\.1).first
    else { return nil }
    return (log, digest)
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
