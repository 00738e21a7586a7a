import Records
import Signing
import TransparencyLog

extension RegistryAudit {
  /// Every event and every checkpoint from the first on, against one another and against what
  /// commands go by.
  mutating func checkLog() throws {
    expect(files: 1)
    try advance(RegistryLayout.tail)
    var state: (size: Int, text: Digest)?
    var flaws: [AuditFinding] = []
    var kept: [Int: Digest] = [:]
    let files = try keptSizes()
    // What the state was before the event that is about to come: kept states are held against it.
    let whole: FoldedLog
    do {
      whole = try store.eventLog.readWhole(asFarAs: store.log) { log, taken, record in
        switch record {
        case .event:
          guard let taken else { return }
          if taken.index % 256 == 255 {
            try progress(
              AuditProgress(
                file: RegistryLayout.tail, checkedFiles: taken.index,
                totalFiles: store.state.size))
          }
          flaws += Self.flaws(of: taken, before: state)
          if taken.flaw == nil, let fact = taken.event?.fact as? StateKept {
            kept[fact.size] = fact.state
          }
          if files.contains(log.state.size) {
            state = (log.state.size, SHA256.digest(of: log.keptText))
          }
        case .checkpoint(let record, let found):
          if found?.size != log.tree.count || found?.head != log.tree.root {
            flaws.append(
              AuditFinding(
                file: RegistryLayout.tail,
                problem: "has a checkpoint after event \(log.tree.count - 1) that is not of the "
                  + "events before it"))
          }
          if record.state != log.kept {
            flaws.append(
              AuditFinding(
                file: RegistryLayout.tail,
                problem: "has a checkpoint after event \(log.tree.count - 1) that does not lead to "
                  + "the newest kept state"))
          }
        }
      }
    } catch let RegistryError.corrupted(file, reason) {
      find(file, "does not verify: \(reason)")
      return
    }
    findings += flaws
    if whole.state != store.state {
      find(
        RegistryLayout.states,
        "does not verify: a kept state is not what the events before it come to")
    }
    try checkVoids(whole.state)
    try attempt(RegistryLayout.tail) { try $0.checkRemainder() }
    try attempt(RegistryLayout.checkpoint) { try $0.checkCheckpointFile() }
    try attempt(RegistryLayout.states) { try $0.checkStates(kept) }
  }

  /// After how many events a state may have been kept, and is worth its digest: there is a file of it.
  private func keptSizes() throws(RegistryError) -> Set<Int> {
    let folder = store.layout.path(RegistryLayout.states)
    guard try FileStatus(of: folder)?.isFolder == true else { return [] }
    return Set(try DurableFiles.names(in: folder).compactMap { Int($0) })
  }

  private static func flaws(
    of taken: FoldedLog.Taken, before state: (size: Int, text: Digest)?
  ) -> [AuditFinding] {
    guard let kept = taken.event?.fact as? StateKept, taken.flaw == nil, let state,
      state.size == kept.size, state.text != kept.state
    else { return [] }
    return [
      AuditFinding(
        file: RegistryLayout.tail,
        problem:
          "keeps a state in event \(taken.index) that is not what the events before it come to"
      )
    ]
  }

  private mutating func checkVoids(_ state: RegistryState) throws(RegistryError) {
    for void in state.voids {
      if void.isAcknowledged {
        note(RegistryLayout.tail, "\(void.title) is void and was acknowledged by root")
      } else {
        find(RegistryLayout.tail, void.problem)
      }
    }
    if let schema = state.newerSchema {
      find(
        RegistryLayout.tail,
        "has events of schema \(schema), which this program does not know")
    }
  }

  /// What lies after the last checkpoint did not happen.
  ///
  /// A writer may have gone on since the log was read: its newest end is looked for, and again where
  /// that is overtaken.
  private mutating func checkRemainder(after before: FoldedLog? = nil) throws {
    let log = try store.eventLog.refresh(before ?? store.log)
    let reader = try store.eventLog.open()
    switch try reader.remainder(after: log.end) {
    case .none: break
    case .torn(let count):
      note(
        RegistryLayout.tail,
        "ends in \(count) bytes of a write that was broken off; the next writer cuts them")
    case .noRecords(let offset):
      find(
        RegistryLayout.tail,
        "has bytes after the last checkpoint, at \(offset), that no writer wrote")
    case .records(let records, _):
      let isOvertaken = records.contains { record, _ in
        if case .checkpoint(let found) = record { store.isCheckpoint(found.note) } else { false }
      }
      // A checkpoint that verifies would have been found, had it been there.
      if isOvertaken, try store.eventLog.refresh(log).end > log.end {
        return try checkRemainder(after: log)
      }
      var log = log
      for (record, offset) in records {
        guard case .event(let bytes) = record else {
          find(RegistryLayout.tail, "ends in a checkpoint that is not signed by the log's key")
          continue
        }
        if let flaw = log.take(bytes, at: offset).flaw {
          find(
            RegistryLayout.tail,
            "has an event after the last checkpoint, which never happened, and which \(flaw)")
        } else {
          note(
            RegistryLayout.tail,
            "has an event after the last checkpoint, of a write that was broken off; the next "
              + "writer cuts it")
        }
      }
    }
  }

  private mutating func checkCheckpointFile() throws {
    let file = RegistryLayout.checkpoint
    guard try FileStatus(of: store.layout.path(file)) != nil else {
      note(file, "is not written yet; the next writer makes it")
      return
    }
    guard try plainFile(file) != nil else { return }
    let note = try DurableFiles.read(store.layout.path(file), limit: 1 << 20)
    if note == store.log.note { return }
    guard let key = store.state.keys[.log],
      let older = try? Checkpoint(
        verifying: note, origin: EventLog.origin(of: store.state.id), trusted: [key])
    else {
      find(file, "is not a checkpoint of this log")
      return
    }
    if older.size > store.log.tree.count {
      // A writer has gone on since.
      try store.refresh()
      if note == store.log.note { return }
    }
    guard try store.extends(size: older.size, head: older.head) else {
      find(file, "is a checkpoint of another history of this log, of \(older.size) events")
      return
    }
    self.note(file, "is of \(older.size) events; the next writer makes it anew")
  }

  /// Kept states against the digests that events name, and that no others lie among them.
  private mutating func checkStates(_ kept: [Int: Digest]) throws {
    let folder = store.layout.path(RegistryLayout.states)
    guard try FileStatus(of: folder)?.isFolder == true else { return }
    let names = try DurableFiles.names(in: folder)
    if let newest = kept.keys.max(), !names.contains("\(newest)") {
      note(RegistryLayout.state(newest), "is missing; commands read the log from further back")
    }
    for name in names {
      let file = "\(RegistryLayout.states)/\(name)"
      guard let size = Int(name), size > 0, "\(size)" == name else {
        find(file, "does not belong in a registry")
        continue
      }
      let limit = RegistryLayout.stateLimit(tail: store.log.end)
      guard let digest = try digest(of: file, limit: limit) else { continue }
      guard let named = kept[size] else {
        findUnnamed(file)
        continue
      }
      if digest != named {
        find(file, "does not verify: it is not the state that the log names; it is not gone by")
      }
    }
  }
}

extension VoidState {
  fileprivate var title: String {
    "event \(index)" + (entity.map { " about '\(RegistryError.printable($0))'" } ?? "")
  }

  /// What is said of one that root has not acknowledged.
  package var problem: String {
    "\(title) is void: it \(reason); nothing about it moves before root says "
      + "'imu-registry log acknowledge \(index) --reason REASON'"
  }
}
