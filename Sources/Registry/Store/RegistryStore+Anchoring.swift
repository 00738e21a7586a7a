package import Records
import Signing
import TransparencyLog

extension RegistryStore {
  /// Whether the log goes on from a checkpoint that somebody kept.
  ///
  /// Cost: some tiles; a pass over the tail when they do not show it.
  package func extends(size: Int, head: Digest) throws(RegistryError) -> Bool {
    guard size <= log.tree.count else { return false }
    guard size < log.tree.count else { return head == log.tree.root }
    var tree = MerkleAccumulator()
    guard size > 0 else { return head == tree.root }
    // By a proof from tiles, if it holds; that it does not is looked at again.
    if let proof = try? treeHashes(upTo: size).consistencyProof(from: size),
      (try? MerkleTree.verifyConsistency(
        oldSize: size, oldRoot: head, newSize: log.tree.count, newRoot: log.tree.root,
        proof: proof)) != nil
    {
      return true
    }
    let reader = try eventLog.open()
    var isSame = false
    try EventLog.namingAny {
      try reader.forEachRecord(in: 0..<log.end) { record, _ in
        guard case .event(let bytes) = record, tree.count < size else { return }
        tree.append(MerkleTree.leafHash(bytes))
        if tree.count == size { isSame = tree.root == head }
      }
    }
    return isSame
  }

  /// Whether the log goes on from a signed checkpoint in a file.
  ///
  /// - Throws: `RegistryError.notKept` when the file is none of this log's.
  package func extends(checkpointIn file: String) throws(RegistryError) -> (Bool, size: Int) {
    let known = try CheckpointMemory.read(
      try DurableFiles.read(named: file, limit: 1 << 20), file, of: state.id, keys: state.keys)
    return (try extends(size: known.size, head: known.head), known.size)
  }

  /// Whether the log goes on from what was remembered; nil when nothing was.
  ///
  /// Reads on where more is remembered than was read: a writer may have come in between.
  package func extendsMemory() throws(RegistryError) -> (Bool, size: Int)? {
    guard let memory, let known = try memory.checkpoint(of: state.id, keys: state.keys) else {
      return nil
    }
    if known.size > head.size { try refresh() }
    return (try extends(size: known.size, head: known.head), known.size)
  }

  /// Refuses a log that does not go on from the checkpoint that was remembered outside, or from the one
  /// beside it.
  ///
  /// - Throws: `RegistryError.forked` or `.replaced`.
  package func checkMemory() throws(RegistryError) {
    _ = try checkOutside()
    try checkOwnHead()
  }

  /// Refuses a log that does not go on from the checkpoint that was remembered outside.
  ///
  /// - Returns: how many events are remembered.
  private func checkOutside() throws(RegistryError) -> Int {
    if let file = try replacedPlace() {
      throw .replaced(directory: layout.directory, file: file)
    }
    guard let memory, let (isExtended, size) = try extendsMemory() else { return 0 }
    guard isExtended else {
      throw .forked(file: memory.file(of: state.id), size: size, found: state.size)
    }
    return size
  }

  /// The file that says another registry lay here before; nil when none does.
  package func replacedPlace() throws(RegistryError) -> String? {
    try memory?.file(ofPlace: layout.directory, sayingOtherThan: state.id)
  }

  /// Remembers the registry's checkpoint outside of it.
  ///
  /// Never an older one than is remembered: a writer beside this one may have gone further.
  ///
  /// - Throws: `RegistryError.forked` or `.replaced` where the log does not go on from what is
  ///   remembered.
  package func remember() throws(RegistryError) {
    guard let memory else { return }
    let size = head.size
    try memory.alone { () throws(RegistryError) in
      // A writer may have gone further than this store had read; what it remembered stays.
      guard try checkOutside() <= size else { return }
      try memory.remember(log.note, of: state.id, at: layout.directory)
    }
  }

  /// The file of the newest checkpoint is made from the tail, so when it goes further, the tail was cut.
  private func checkOwnHead() throws(RegistryError) {
    let file = RegistryLayout.checkpoint
    guard try FileStatus(of: layout.path(file))?.isPlainFile == true,
      let note = try? DurableFiles.read(layout.path(file), limit: 1 << 20),
      let known = try? CheckpointMemory.read(note, file, of: state.id, keys: state.keys),
      known.size >= head.size
    else { return }
    if known.size > head.size { try refresh() }
    guard try extends(size: known.size, head: known.head) else {
      throw .forked(file: file, size: known.size, found: state.size)
    }
  }

  /// Whether a note is a checkpoint of this log, by its key.
  func isCheckpoint(_ note: [UInt8]) -> Bool {
    (try? CheckpointMemory.read(
      note, RegistryLayout.tail, of: state.id, keys: state.keys)) != nil
  }

  /// The size and the root of the log, as reports name them.
  package var head: (size: Int, root: Digest) { (log.tree.count, log.tree.root) }

  /// The signed checkpoint.
  package var checkpoint: [UInt8] { log.note }
}
