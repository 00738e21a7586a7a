import Foundation
import Records
import Signing
import Testing
import TransparencyLog

/// A log in a folder of its own, with its key, as a writer would keep it.
final class SampleLog {
  static let origin = "a-log.example"

  let directory: TemporaryDirectory
  let key: PrivateKey
  var tree = MerkleAccumulator()
  var end = 0

  init() throws {
    directory = try TemporaryDirectory()
    key = try PrivateKey.generate(.ed25519)
  }

  var path: String { directory.path("tail") }
  var trusted: [PublicKey] { [key.publicKey] }

  /// Commits events under a checkpoint.
  @discardableResult
  func append(_ texts: [String], state: StatePlace? = nil) throws -> [UInt8] {
    var next = tree
    for text in texts { next.append(MerkleTree.leafHash(Array(text.utf8))) }
    let checkpoint = Checkpoint(origin: Self.origin, size: next.count, head: next.root)
    let note = try checkpoint.signed(by: key)
    let writer = try TailWriter(openingAt: path, creating: end == 0)
    end = try writer.append(
      texts.map { Array($0.utf8) }, after: end, checkpoint: note, state: state)
    tree = next
    return note
  }

  func bytes() throws -> [UInt8] { try readBytes(path) }

  /// Puts bytes behind what was committed, as a broken-off write or a stranger does.
  func put(_ tail: [UInt8]) throws { try directory.write("tail", bytes().prefix(end) + tail) }

  func put(_ text: String) throws { try put(Array(text.utf8)) }

  func reader() throws -> TailReader { try TailReader(openingAt: path) }

  func last() throws -> PlacedCheckpoint? {
    try reader().lastCheckpoint(origin: Self.origin, trusted: trusted)
  }

  /// The root that the events up to the last checkpoint come to; nil when they cannot be read.
  func recomputed() -> Digest? {
    var tree = MerkleAccumulator()
    guard let reader = try? reader(), let last = try? last() else { return nil }
    do {
      try reader.forEachRecord(in: 0..<last.end) { record, _ in
        if case .event(let bytes) = record { tree.append(MerkleTree.leafHash(bytes)) }
      }
    } catch {
      return nil
    }
    return tree.root
  }
}
