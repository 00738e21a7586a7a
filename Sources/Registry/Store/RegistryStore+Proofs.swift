package import Records
import Signing
package import TransparencyLog

extension RegistryStore {
  /// The name under which the registry's checkpoints are signed.
  package var origin: String { EventLog.origin(of: state.id) }

  /// The exact bytes of an event, and the proof that they are under the checkpoint.
  ///
  /// Cost: a few tiles and some hundred kilobytes of the tail; a pass over it where tiles are missing.
  ///
  /// - Throws: `RegistryError.unknown` for an index that the log does not have.
  package func proof(ofEvent index: Int) throws(RegistryError) -> (event: [UInt8], proof: TlogProof)
  {
    guard (0..<log.tree.count).contains(index) else {
      throw .unknown(
        what: "event", name: "\(index)", known: ["0 to \(log.tree.count - 1)"], nearest: nil)
    }
    // Where it lies, and tiles, are what anybody may have written: what is given out holds.
    if let event = try? events(index..<index + 1).first,
      let hashes = try? treeHashes(upTo: index).inclusionProof(of: index),
      (try? MerkleTree.verifyInclusion(
        of: MerkleTree.leafHash(event), at: index, size: log.tree.count, proof: hashes,
        root: log.tree.root)) != nil
    {
      return (event, TlogProof(index: index, hashes: hashes, checkpoint: log.note))
    }
    return try proofByPass(ofEvent: index)
  }

  /// The same by a pass over the tail.
  private func proofByPass(
    ofEvent index: Int
  ) throws(RegistryError) -> (event: [UInt8], proof: TlogProof) {
    var event: [UInt8] = []
    var leaves: [Digest] = []
    let reader = try eventLog.open()
    try EventLog.namingAny {
      try reader.forEachRecord(in: 0..<log.end) { record, _ in
        guard case .event(let bytes) = record else { return }
        if leaves.count == index { event = bytes }
        leaves.append(MerkleTree.leafHash(bytes))
      }
    }
    guard MerkleTree.root(of: leaves) == log.tree.root else {
      throw EventLog.flaw("its events are not those that the checkpoint is of")
    }
    do throws(SigningError) {
      let hashes = try MerkleTree.inclusionProof(of: index, in: leaves)
      return (event, TlogProof(index: index, hashes: hashes, checkpoint: log.note))
    } catch {
      throw EventLog.flaw("\(error)")
    }
  }

  /// Writes the log as a static one (C2SP tlog-tiles): the checkpoint, all tiles, also those that are
  /// not full, and the events in bundles of 256.
  package func exportLog(to folder: String) throws {
    let leaves = try leaves()
    guard MerkleTree.root(of: leaves) == log.tree.root else {
      throw EventLog.flaw("its events are not those that the checkpoint is of")
    }
    let writer = LogExport(folder: folder)
    try Self.writing { () throws(LogError) in try writer.write(tilesOf: leaves) }
    var bundle: [[UInt8]] = []
    var count = 0
    let reader = try eventLog.open()
    try reader.forEachRecord(in: 0..<log.end) { record, _ in
      guard case .event(let bytes) = record else { return }
      bundle.append(bytes)
      count += 1
      guard bundle.count == Tiles.width else { return }
      try Self.writing { () throws(LogError) in
        try writer.write(bundle: bundle, index: count / Tiles.width - 1)
      }
      bundle = []
    }
    try Self.writing { () throws(LogError) in
      if !bundle.isEmpty { try writer.write(bundle: bundle, index: count / Tiles.width) }
      try writer.write(checkpoint: log.note)
    }
  }

  /// Tells what the system refused as that, as it is no flaw of the log.
  private static func writing(_ body: () throws(LogError) -> Void) throws(RegistryError) {
    do throws(LogError) {
      try body()
    } catch .system(let operation, let path, let reason) {
      throw .system(operation: operation, path: path, reason: reason)
    } catch {
      throw EventLog.flaw("\(error)")
    }
  }

  /// Tells of every event under the checkpoint, in order, with why it changes nothing if it does.
  ///
  /// - Returns: what they come to, folded from the first on.
  @discardableResult
  package func forEachEvent(
    _ body: (_ index: Int, Event?, _ flaw: String?) throws -> Void
  ) throws -> RegistryState {
    try eventLog.readWhole { _, taken, _ in
      if let taken { try body(taken.index, taken.event, taken.flaw) }
    }.state
  }
}
