import Glibc
import Signing

/// The tail of a log, opened for reading; it never writes.
package struct TailReader: ~Copyable {
  private let number: Int32
  private let path: String
  /// How many bytes there were when it was opened.
  package let byteCount: Int

  /// - Throws: `LogError.system` when it cannot be opened or is no plain file.
  package init(openingAt path: String) throws(LogError) {
    let number = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw .last("open", path) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(number)
      throw .system(operation: "read", path: path, reason: "it is no plain file")
    }
    self.number = number
    self.path = path
    byteCount = Int(status.st_size)
  }

  deinit { close(number) }

  /// The first event.
  package func firstEvent() throws(LogError) -> [UInt8] {
    let bytes = try read(TailRecord.lineLimit + 1, at: 0)
    guard let end = bytes.firstIndex(of: 0x0A),
      case .event(let event) = try TailRecord(line: bytes[..<end], at: 0)
    else { throw .noRecord(offset: 0, reason: "the log begins with no event") }
    return event
  }

  private var shrunk: LogError {
    .system(operation: "read", path: path, reason: "it became shorter while it was read")
  }

  func placed(
    _ line: ArraySlice<UInt8>, _ offset: Int, _ origin: String, _ trusted: [PublicKey]
  ) -> PlacedCheckpoint? {
    guard line.first == UInt8(ascii: "c"),
      case .checkpoint(let record)? = try? TailRecord(line: line, at: offset),
      let checkpoint = try? Checkpoint(verifying: record.note, origin: origin, trusted: trusted)
    else { return nil }
    return PlacedCheckpoint(
      checkpoint: checkpoint, note: record.note, offset: offset, end: offset + line.count + 1,
      state: record.state)
  }

  /// Reads the records of a range of bytes one after another, with the offsets of their lines;
  /// so many bytes as a step has are read at once.
  ///
  /// - Throws: `LogError.noRecord` at the first line that is none; what `body` throws.
  package func forEachRecord<Failure: Error>(
    in range: Range<Int>, step: Int = 1 << 20,
    _ body: (TailRecord, _ offset: Int) throws(Failure) -> Void
  ) throws {
    var offset = range.lowerBound
    var rest: [UInt8] = []
    var next = range.lowerBound
    while next < range.upperBound || !rest.isEmpty {
      let wanted = min(step, range.upperBound - next)
      let part = try read(wanted, at: next)
      guard part.count == wanted else { throw shrunk }
      next += part.count
      rest += part
      var start = 0
      while let end = rest[start...].firstIndex(of: 0x0A) {
        try body(try TailRecord(line: rest[start..<end], at: offset), offset)
        offset += end + 1 - start
        start = end + 1
      }
      rest.removeFirst(start)
      guard !part.isEmpty else {
        if !rest.isEmpty { throw LogError.noRecord(offset: offset, reason: "it has no end") }
        return
      }
      guard rest.count <= TailRecord.lineLimit else {
        throw LogError.noRecord(offset: offset, reason: "it is too long")
      }
    }
  }

  /// What lies after the last checkpoint that counts, as far as it had come when the file was opened.
  package func remainder(after end: Int) throws(LogError) -> TailRemainder {
    // More than this no writer writes at once; the rest is counted, not read.
    let wanted = min(max(0, byteCount - end), TailRecord.batchLimit)
    let bytes = try read(wanted, at: end)
    guard !bytes.isEmpty else { return .none }
    let size = bytes.count < wanted ? bytes.count : byteCount - end
    var records: [(TailRecord, Int)] = []
    var start = 0
    while let feed = bytes[start...].firstIndex(of: 0x0A) {
      let line = bytes[start..<feed]
      // Where blocks of a write were lost there are zeros, which no event has.
      guard !line.contains(0) else { break }
      do throws(LogError) {
        records.append((try TailRecord(line: line, at: end + start), end + start))
      } catch {
        return .noRecords(offset: end + start)
      }
      start = feed + 1
    }
    return records.isEmpty ? .torn(size) : .records(records, torn: size - start)
  }

  func read(_ count: Int, at offset: Int) throws(LogError) -> [UInt8] {
    guard count > 0 else { return [] }
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: filled)
        let part = unsafe pread(number, start, count - filled, off_t(offset + filled))
        if part < 0, errno == EINTR { continue }
        failure = part < 0 ? errno : 0
        guard part > 0 else { return }
        filled += part
      }
    }
    guard failure == 0 else {
      throw .system(
        operation: "read", path: path, reason: unsafe String(cString: strerror(failure)))
    }
    return bytes
  }
}

/// A checkpoint that verifies, and where it lies in the tail.
package struct PlacedCheckpoint: Hashable, Sendable {
  package let checkpoint: Checkpoint
  package let note: [UInt8]
  package let offset: Int
  /// The first byte after its line.
  package let end: Int
  package let state: StatePlace?
}

/// What lies after the last checkpoint that counts, and so did not happen.
package enum TailRemainder {
  case none
  /// Part of a line, or zeros: a write that was broken off.
  case torn(Int)
  /// Whole records, and so many bytes of another.
  case records([(TailRecord, offset: Int)], torn: Int)
  /// A whole line that no writer wrote.
  case noRecords(offset: Int)
}

extension LogError {
  static func last(_ operation: String, _ path: String) -> LogError {
    .system(operation: operation, path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
