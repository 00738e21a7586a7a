import Records
import Signing
import TransparencyLog

extension RegistryStore {
  /// Brings the ledger up to the log: adds what came since, or makes it anew where it is missing or
  /// not of this log; and what others commit meanwhile, who find it held and leave it to this writer.
  ///
  /// Cost: the events since; when it is made anew a pass over the log.
  ///
  /// - Throws: `RegistryError.busy` while somebody else is at it.
  func updateLedger() throws(RegistryError) {
    // Not for ever, as those who still come are at it themselves.
    for _ in 0..<8 {
      let reached = try bringLedgerUp()
      // After the hold is let go of: whoever found it held had committed before.
      guard try newest(after: reached).log.end > reached else { return }
    }
  }

  /// - Returns: how far it has the log, in bytes of the tail.
  private func bringLedgerUp() throws(RegistryError) -> Int {
    let staging = try blobs.staging
    guard let hold = try freeLedger() else { throw .busy(layout.directory) }
    defer { extendLifetime(hold) }
    // Others may have come since this writer committed, and have brought the ledger further.
    let newest = try newest(after: log.end)
    let isDoubtful = try removeJournals()
    if !isDoubtful, try newest.extendLedger(in: staging) { return newest.log.end }
    try newest.makeLedger(in: staging)
    return newest.log.end
  }

  /// This store, or one that has read what was committed since.
  private func newest(after end: Int) throws(RegistryError) -> RegistryStore {
    let tail = try FileStatus(of: layout.path(RegistryLayout.tail))
    guard let tail, tail.size > end else { return self }
    return try RegistryStore(openingAt: layout.directory, patience: patience, threads: threads)
  }

  /// Makes the ledger anew from the log, if that goes on from what was remembered.
  ///
  /// The closure is told how many events are in; throwing from it stops the work.
  ///
  /// - Throws: `RegistryError.forked` or `.replaced`; what the closure throws.
  package func remakeLedger(progress: (Int) throws -> Void = { _ in }) throws {
    try checkMemory()
    var stopped: (any Error)?
    do throws(RegistryError) {
      try rebuildLedger { index in
        do { try progress(index) } catch { stopped = error }
        return stopped == nil
      }
    } catch {
      throw stopped ?? error
    }
  }

  /// Makes the ledger anew from the log; `goOn` is told how far it is, and ends it by false.
  ///
  /// - Throws: `RegistryError.neverAlone` when others were at it for all of its patience.
  package func rebuildLedger(_ goOn: (Int) -> Bool = { _ in true }) throws(RegistryError) {
    let staging = try blobs.staging
    let hold = try patience.insisting { () throws(RegistryError) in try freeLedger() }
    guard let hold else { throw .neverAlone(layout.directory, waited: patience) }
    defer { extendLifetime(hold) }
    _ = try removeJournals()
    try newest(after: log.end).makeLedger(in: staging, goOn)
  }

  /// One writer at a time, as the ledger may be in a folder of its own meanwhile; nil while another is.
  private func freeLedger() throws(RegistryError) -> FolderHold? {
    try FolderHold(taking: RegistryLayout.work, in: layout)
  }

  /// Removes what SQLite would read beside the ledger; this program puts nothing there.
  ///
  /// - Returns: whether there was something, which somebody else has put there, or written the ledger
  ///   with.
  private func removeJournals() throws(RegistryError) -> Bool {
    let folder = try Folder("", in: layout)
    var wasThere = false
    for name in RegistryLayout.journals where try folder.status(of: name) != nil {
      try folder.removeAll(EntryName(name))
      wasThere = true
    }
    return wasThere
  }

  /// Makes a ledger in the writer's own folder, and puts it into the place of the one there.
  private func makeLedger(
    in staging: StagingArea, _ goOn: (Int) -> Bool = { _ in true }
  ) throws(RegistryError) {
    let name = staging.newName()
    do throws(RegistryError) {
      try fill(try Ledger.make(at: staging.realPath(name)), from: 0, goOn)
      try FileDescriptor(reading: name, under: staging.folder.number, as: RegistryLayout.ledger)
        .sync()
      let folder = try Folder("", in: layout)
      if try folder.status(of: RegistryLayout.ledger)?.isFolder == true {
        try staging.putAside(RegistryLayout.ledger, of: folder)
      }
      try folder.move(name, from: staging.folder, as: RegistryLayout.ledger)
    } catch {
      try? staging.folder.remove(name)
      throw error
    }
  }

  /// Adds the events that came since; false where that cannot be told.
  ///
  /// The file is changed in the writer's own folder, where nobody can put a journal beside it, and comes
  /// back when it is whole: one whose change is broken off is a dead writer's, and is made anew.
  private func extendLedger(in staging: StagingArea) throws(RegistryError) -> Bool {
    let folder = try Folder("", in: layout)
    // A file with a second name is somebody else's, too.
    guard let status = try folder.status(of: RegistryLayout.ledger), status.isPlainFile,
      status.nameCount == 1, status.size <= RegistryLayout.stateLimit(tail: log.end)
    else { return false }
    let name = staging.newName()
    try staging.folder.move(RegistryLayout.ledger, from: folder, as: name)
    do throws(RegistryError) {
      // After a loss of power it must not lie under its own name with half of a change.
      try staging.folder.sync()
      guard try extendLedger(at: staging.realPath(name)) else {
        try staging.folder.remove(name)
        return false
      }
      try folder.move(name, from: staging.folder, as: RegistryLayout.ledger)
      return true
    } catch .busy {
      // Somebody reads it; nothing of it was changed.
      try folder.move(name, from: staging.folder, as: RegistryLayout.ledger)
      throw .busy(RegistryLayout.ledger)
    } catch {
      try? staging.folder.remove(name)
      throw error
    }
  }

  private func extendLedger(at path: String) throws(RegistryError) -> Bool {
    let opened: Ledger?
    do throws(RegistryError) {
      opened = try Ledger.open(path, .writing, events: log.tree.count)
    } catch .corrupted {
      return false
    }
    guard let ledger = opened, let head = try? ledger.head(), head.registry == state.id,
      head.size > 0, let root = Digest(hex: head.root), try extends(size: head.size, head: root)
    else { return false }
    do throws(RegistryError) {
      if head.size < log.tree.count { try fill(ledger, from: head.size) }
    } catch .corrupted {
      return false
    }
    return true
  }

  /// Adds the events from an index on, all in one transaction; `goOn` is told how far it is, and ends it
  /// by false.
  private func fill(
    _ ledger: borrowing Ledger, from start: Int, upTo size: Int? = nil,
    _ goOn: (Int) -> Bool = { _ in true }
  ) throws(RegistryError) {
    let size = size ?? log.tree.count
    let flaws = Dictionary(state.voids.map { ($0.index, $0.reason) }) { $1 }
    var tree = MerkleAccumulator()
    func add(_ run: [[UInt8]], at first: Int) throws(RegistryError) {
      let events = Workers.map(run, threads: threads) { try? EventEnvelope($0).event }
      for (place, event) in events.enumerated() {
        let index = first + place
        try ledger.add(
          FoldedLog.Taken(index: index, event: event, flaw: flaws[index]), state)
      }
      if start == 0, size < log.tree.count {
        for bytes in run { tree.append(MerkleTree.leafHash(bytes)) }
      }
    }
    try ledger.transaction { () throws(RegistryError) in
      if start == 0 {
        try forEachRun(upTo: size, goOn, add)
      } else {
        try add(try events(start..<size), at: start)
      }
      try ledger.reach(state.id, size, size == log.tree.count ? log.tree.root : tree.root)
    }
  }

  /// The first events, in runs.
  private func forEachRun(
    upTo size: Int, _ goOn: (Int) -> Bool,
    _ body: (_ run: [[UInt8]], _ first: Int) throws(RegistryError) -> Void
  ) throws(RegistryError) {
    let reader = try eventLog.open()
    var (run, index) = ([[UInt8]](), 0)
    do {
      try reader.forEachRecord(in: 0..<log.end) { record, _ in
        guard case .event(let bytes) = record, index < size else { return }
        run.append(bytes)
        index += 1
        guard run.count == 1024 else { return }
        guard goOn(index) else { throw RegistryError.ledger("its making was stopped") }
        try body(run, index - run.count)
        run.removeAll(keepingCapacity: true)
      }
    } catch let error as RegistryError {
      throw error
    } catch {
      throw EventLog.flaw("\(error)")
    }
    try body(run, index - run.count)
  }

  /// The ledger as sorted text, and how far it is; nil where there is none, or a writer is at it.
  ///
  /// - Throws: `RegistryError.corrupted` for a file that is no ledger of this program.
  package func ledgerDump() throws(RegistryError) -> (text: String, size: Int)? {
    let path = "\(layout.realDirectory)/\(RegistryLayout.ledger)"
    guard let before = try FileStatus(of: path) else { return nil }
    let limit = RegistryLayout.stateLimit(tail: log.end)
    guard before.size <= limit else { throw .tooLong(RegistryLayout.ledger, before.size, limit) }
    var read: (String, Int)?
    var flaw: RegistryError?
    do throws(RegistryError) {
      guard let ledger = try Ledger.open(path, .reading, events: log.tree.count) else {
        throw RegistryError.corrupted(
          file: RegistryLayout.ledger, reason: "it is no ledger of this program")
      }
      read = (try ledger.dump(), try ledger.head().size)
    } catch {
      flaw = error
    }
    // What changed on the way was never so at any one time.
    guard try FileStatus(of: path) == before else { return nil }
    if let flaw { throw flaw }
    return read
  }

  /// The text a ledger would have that was made from the first events of the log.
  package func expectedDump(ofFirst size: Int) throws(RegistryError) -> String {
    let ledger = try Ledger.make()
    // One that was made and never filled has nothing in it.
    if size > 0 { try fill(ledger, from: 0, upTo: size) }
    return try ledger.dump()
  }
}
