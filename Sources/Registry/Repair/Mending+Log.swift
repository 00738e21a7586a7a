import Records
import Signing
import TransparencyLog

/// The events that name kept states, read from the log's first event on.
struct KeptEvents {
  /// The digest of each kept state, by its size.
  private(set) var digests: [Int: Digest] = [:]
  /// The size of the state that an event names, by the event's index.
  private(set) var sizes: [Int: Int] = [:]
  /// Whether every checkpoint says where the newest kept state before it is named.
  private(set) var areHintsRight = true

  init(of store: RegistryStore) throws {
    var (digests, sizes, areRight) = ([Int: Digest](), [Int: Int](), true)
    _ = try store.eventLog.readWhole { log, taken, record in
      if case .checkpoint(let record, _) = record, record.state != log.kept { areRight = false }
      guard let taken, taken.flaw == nil, let fact = taken.event?.fact as? StateKept else { return }
      digests[fact.size] = fact.state
      sizes[taken.index] = fact.size
    }
    (self.digests, self.sizes, areHintsRight) = (digests, sizes, areRight)
  }
}

extension Mending {
  /// Removes kept states that the log does not name; it is read from further back then.
  mutating func removeFalseStates() throws {
    guard let events else { return }
    let limit = RegistryLayout.stateLimit(tail: store.log.end)
    clear(RegistryLayout.states, of: "is no state that the log names") {
      [layout] name, own, status in
      guard let size = Int(own), "\(size)" == own, let named = events.digests[size],
        status.isPlainFile, status.size <= limit,
        try BlobStore.digest(ofFile: layout.path(name)) == named
      else { return .goes }
      return .stays
    }
  }

  /// Removes tiles that are not of the log's events.
  mutating func removeFalseTiles() throws {
    let root = RegistryLayout.tiles
    let wanted = try store.wantedTiles()
    var folders: Set<String> = []
    for name in wanted.keys {
      var folder = DurableFiles.parent(of: "\(root)/\(name)")
      while folder != root, folders.insert(folder).inserted {
        folder = DurableFiles.parent(of: folder)
      }
    }
    clear(root, of: "is not of the events of the log") { [layout] name, _, status in
      if status.isFolder { return folders.contains(name) ? .isEntered : .goes }
      guard let bytes = wanted[String(name.dropFirst(root.count + 1))],
        DurableFiles.readPlain(layout.path(name), limit: bytes.count) == bytes
      else { return .goes }
      return .stays
    }
  }

  /// Removes a ledger that does not say what the log says.
  mutating func removeFalseLedger() throws {
    let name = RegistryLayout.ledger
    guard try FileStatus(of: layout.path(name)) != nil else { return }
    do throws(RegistryError) {
      // One that somebody writes at this moment is theirs.
      guard let (dump, size) = try store.ledgerDump() else { return }
      if size <= store.state.size, try dump == store.expectedDump(ofFirst: size) { return }
    } catch .corrupted {
      // It is none, then.
    } catch .ledger {
    }
    remove(name, "does not say what the log says")
  }

  /// Puts files in place whose bytes do not change: the marker and the public keys.
  mutating func replaceFixedFiles() throws {
    var files = [(RegistryLayout.marker, Array(RegistryLayout.markerText.utf8))]
    for (role, key) in store.state.keys.sorted(by: { $0.key < $1.key }) {
      files.append((RegistryLayout.publicKey(role), Array(key.pem.utf8)))
    }
    for (name, wanted) in files
    where DurableFiles.readPlain(layout.path(name), limit: wanted.count) != wanted {
      attempt { mending in
        try DurableFiles.replace(
          name, in: mending.layout, with: wanted, staging: try mending.store.blobs.staging)
        mending.repair.done.append("wrote \(name) anew")
      }
    }
  }

  /// Writes the tail anew where a checkpoint does not lead to the newest kept state before it.
  ///
  /// Nothing that is signed changes. It comes into its place whole, while the log is held.
  mutating func rightenHints() throws {
    guard let events, !events.areHintsRight else { return }
    try store.rewriteTail(naming: events.sizes)
    repair.done.append(
      "wrote \(RegistryLayout.tail) anew, whose checkpoints did not lead to the newest kept state")
  }
}

extension RegistryStore {
  /// Writes the tail with the same events and checkpoints, and where kept states are named as it is.
  fileprivate func rewriteTail(naming states: [Int: Int]) throws {
    let staging = try blobs.staging
    var staged = try staging.open()
    var tree = MerkleAccumulator()
    var (place, end, buffer): (StatePlace?, Int, [UInt8]) = (nil, 0, [])
    try eventLog.open().forEachRecord(in: 0..<log.end) { record, _ in
      var record = record
      switch record {
      case .event(let bytes):
        if let size = states[tree.count] { place = StatePlace(size: size, offset: end) }
        tree.append(MerkleTree.leafHash(bytes))
      case .checkpoint(let told):
        record = .checkpoint(CheckpointRecord(note: told.note, state: place))
      }
      let line = record.line
      buffer += line
      end += line.count
      guard buffer.count >= 1 << 20 else { return }
      try staged.write(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    guard tree.count == log.tree.count, tree.root == log.tree.root else { throw EventLog.mismatch }
    try staged.write(buffer)
    try staged.finish(mode: 0o644)
    let folder = try Folder(above: RegistryLayout.tail, in: layout)
    try folder.move(
      staged.name, from: staging.folder, as: Folder.split(RegistryLayout.tail).own)
    try folder.sync()
    log = try eventLog.read()
  }
}
