import Records
import Signing
import TransparencyLog

/// A record of the tail, with what its own bytes say of it.
enum ReadRecord: Sendable {
  case event(ReadEvent)
  /// A checkpoint, if its note verifies.
  case checkpoint(CheckpointRecord, Checkpoint?)
}

extension EventLog {
  /// How many records are read ahead of those that are told.
  private static let runLength = 1024

  /// Reads the records of a range of bytes and tells of them one after another.
  ///
  /// What a record says by itself, its signatures above all, is found out by all threads at once; what
  /// is told, and in which order, does not depend on how many they are. The notes of checkpoints are
  /// verified for who asks for it.
  func forEachRecord(
    _ reader: borrowing TailReader, in range: Range<Int>, of made: FirstEvent,
    verifying checkpoints: Bool = false, _ body: (ReadRecord, _ offset: Int) throws -> Void
  ) throws {
    let (origin, key) = (Self.origin(of: made.id), checkpoints ? made.keys[.log] : nil)
    var run: [(TailRecord, Int)] = []
    func tell() throws {
      let read = Workers.map(run.map(\.0), threads: threads) { record in
        switch record {
        case .event(let bytes): ReadRecord.event(ReadEvent(bytes, trusting: made.keys))
        case .checkpoint(let record):
          ReadRecord.checkpoint(
            record,
            key.flatMap {
              try? Checkpoint(verifying: record.note, origin: origin, trusted: [$0])
            })
        }
      }
      for (record, (_, offset)) in zip(read, run) { try body(record, offset) }
      run.removeAll(keepingCapacity: true)
    }
    try reader.forEachRecord(in: range) { record, offset in
      run.append((record, offset))
      if run.count == Self.runLength { try tell() }
    }
    try tell()
  }
}
