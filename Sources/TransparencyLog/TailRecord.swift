import Signing

/// A line of the tail.
///
/// `e` and the bytes of an event, or `c`, a hint where the newest kept state is named, and the
/// base64 of a signed checkpoint.
package enum TailRecord: Hashable, Sendable {
  case event([UInt8])
  case checkpoint(CheckpointRecord)

  /// The longest event, in bytes.
  package static let eventLimit = 16 << 10
  /// The longest line, in bytes: a checkpoint is short.
  static let lineLimit = eventLimit + 2

  /// The most that is appended at once, in bytes: so much may be torn behind the last checkpoint.
  package static let batchLimit = 64 << 20

  /// The line with its end.
  package var line: [UInt8] {
    switch self {
    case .event(let bytes): [UInt8(ascii: "e"), 0x20] + bytes + [0x0A]
    case .checkpoint(let record):
      Array(
        "c \(record.state?.size ?? 0) \(record.state?.offset ?? 0) \(Base64.encode(record.note))\n"
          .utf8)
    }
  }

  /// Reads a line without its end.
  ///
  /// - Throws: `LogError.noRecord`.
  init(line: ArraySlice<UInt8>, at offset: Int) throws(LogError) {
    guard line.count > 2, line[line.startIndex + 1] == 0x20 else {
      throw .noRecord(offset: offset, reason: "it begins with no kind")
    }
    guard line.count <= Self.lineLimit else {
      throw .noRecord(offset: offset, reason: "it is too long")
    }
    let rest = line.dropFirst(2)
    switch line.first {
    case UInt8(ascii: "e"): self = .event(Array(rest))
    case UInt8(ascii: "c"):
      guard let record = CheckpointRecord(fields: rest) else {
        throw .noRecord(offset: offset, reason: "its checkpoint is none")
      }
      self = .checkpoint(record)
    default: throw .noRecord(offset: offset, reason: "its kind is neither event nor checkpoint")
    }
  }
}

/// A checkpoint as it lies in the tail; nothing of it is believed before its note is verified.
package struct CheckpointRecord: Hashable, Sendable {
  /// The signed note.
  package let note: [UInt8]
  /// Where the newest kept state is said to be named; a hint, checked by whoever follows it.
  package let state: StatePlace?

  package init(note: [UInt8], state: StatePlace?) {
    self.note = note
    self.state = state
  }

  fileprivate init?(fields: ArraySlice<UInt8>) {
    let parts = fields.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3, let size = Int(parts[0]), let offset = Int(parts[1]), size >= 0,
      offset >= 0, size > 0 || offset == 0, "\(size)" == parts[0], "\(offset)" == parts[1],
      let note = try? Base64.decode(parts[2]), Base64.encode(note) == parts[2]
    else { return nil }
    self.note = note
    state = size == 0 ? nil : StatePlace(size: size, offset: offset)
  }
}

/// Where a kept state is named: how many events it is of, and the byte at which the line of the event
/// that names it begins.
package struct StatePlace: Hashable, Sendable {
  package let size: Int
  package let offset: Int

  package init(size: Int, offset: Int) {
    self.size = size
    self.offset = offset
  }
}
