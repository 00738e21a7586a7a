package import Records
import Signing
package import TransparencyLog

extension RegistryStore {
  /// The name under which the registry's checkpoints are signed.
  package var origin: String { EventLog.origin(of: state.id) }

  /// The exact bytes of an event, and the proof that they are under the checkpoint.
  ///
  /// Cost: a pass over the tail.
  ///
  /// - Throws: `RegistryError.unknown` for an index that the log does not have.
  package func proof(ofEvent index: Int) throws(RegistryError) -> (event: [UInt8], proof: TlogProof)
  {
    guard (0..<log.tree.count).contains(index) else {
      throw .unknown(
        what: "event", name: "\(index)", known: ["0 to \(log.tree.count - 1)"], nearest: nil)
    }
    let event = try self.event(index)
    // Tiles are files that anybody may have written, and who begins at a kept state has not read what
    // lies before it: what is given out holds.
    func proof(_ hashes: [Digest]) -> TlogProof? {
      let isUnderCheckpoint =
        (try? MerkleTree.verifyInclusion(
          of: MerkleTree.leafHash(event), at: index, size: log.tree.count, proof: hashes,
          root: log.tree.root)) != nil
      return isUnderCheckpoint
        ? TlogProof(index: index, hashes: hashes, checkpoint: log.note) : nil
    }
    if let proof = try treeHashes()?.inclusionProof(of: index).flatMap(proof) {
      return (event, proof)
    }
    guard let proof = proof(try inclusionProof(of: index)) else {
      throw EventLog.flaw("its event \(index) is not the one that the checkpoint is of")
    }
    return (event, proof)
  }

  /// The proof by a pass over the tail.
  private func inclusionProof(of index: Int) throws(RegistryError) -> [Digest] {
    let leaves = try leaves()
    do throws(SigningError) {
      return try MerkleTree.inclusionProof(of: index, in: leaves)
    } catch {
      throw EventLog.flaw("\(error)")
    }
  }

  /// The exact bytes of an event, by a pass over the tail from the newest kept state before it.
  private func event(_ index: Int) throws(RegistryError) -> [UInt8] {
    let kept = log.kept.flatMap { $0.size <= index ? $0 : nil }
    var next = kept?.size ?? 0
    var event: [UInt8] = []
    let reader = try EventLog(layout: layout).open()
    let range = (kept?.offset ?? 0)..<log.end
    try EventLog.namingAny {
      try reader.forEachRecord(in: range) { record, _ in
        guard case .event(let bytes) = record else { return }
        if next == index { event = bytes }
        next += 1
      }
    }
    return event
  }

  /// Writes the log as a static one (C2SP tlog-tiles): the checkpoint, all tiles, also those that are
  /// not full, and the events in bundles of 256.
  package func exportLog(to folder: String) throws {
    let leaves = try leaves()
    guard MerkleTree.root(of: leaves) == log.tree.root else {
      throw EventLog.flaw("its events are not those that the checkpoint is of")
    }
    let writer = LogExport(folder: folder)
    try writer.write(tilesOf: leaves)
    var bundle: [[UInt8]] = []
    var count = 0
    let reader = try EventLog(layout: layout).open()
    try reader.forEachRecord(in: 0..<log.end) { record, _ in
      guard case .event(let bytes) = record else { return }
      bundle.append(bytes)
      count += 1
      guard bundle.count == Tiles.width else { return }
      try writer.write(bundle: bundle, index: count / Tiles.width - 1)
      bundle = []
    }
    if !bundle.isEmpty { try writer.write(bundle: bundle, index: count / Tiles.width) }
    try writer.write(checkpoint: log.note)
  }

  /// Tells of every event under the checkpoint, in order, with why it changes nothing if it does.
  package func forEachEvent(
    _ body: (_ index: Int, Event?, _ flaw: String?) throws -> Void
  ) throws {
    _ = try EventLog(layout: layout).readWhole { _, taken, _ in
      if let taken { try body(taken.index, taken.event, taken.flaw) }
    }
  }
}
