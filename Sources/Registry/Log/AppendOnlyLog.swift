import Glibc
import Records
import Signing

/// A hash-chained file of lines and a signed checkpoint over its length and last line.
///
/// What lies after the checkpoint does not count. Its interface (entries, append, a checkpoint)
/// is that of a transparency log, which may take its place.
struct AppendOnlyLog {
  let layout: RegistryLayout
  /// What the last checkpoint vouches for.
  private(set) var checkpoint: Checkpoint
  private(set) var entries: [LogEntry]
  /// Where the vouched-for lines end, in bytes.
  private var end: Int

  private var entriesPath: String { layout.path(RegistryLayout.logEntries) }

  /// The head of a log without lines.
  static let emptyHead = SHA256.digest(of: [])

  /// The name of the log that a key signs for.
  static func origin(of key: PublicKey) -> String {
    "imu-registry/\(SHA256.digest(of: key.der).hex.prefix(16))"
  }

  /// Begins a log with no lines, unless there is one.
  static func make(
    in layout: RegistryLayout, key: borrowing PrivateKey
  ) throws(RegistryError) {
    let empty = Checkpoint(
      origin: origin(of: key.publicKey), size: 0, head: emptyHead)
    let staging = layout.path(RegistryLayout.staging)
    if try FileStatus(of: layout.path(RegistryLayout.logEntries)) == nil {
      try DurableFiles.replace(layout.path(RegistryLayout.logEntries), with: [], staging: staging)
    }
    if try FileStatus(of: layout.path(RegistryLayout.logCheckpoint)) == nil {
      try publish(empty, in: layout, key: key)
    }
  }

  /// Reads the log and verifies the checkpoint's signature and every link of the chain.
  ///
  /// - Throws: `RegistryError.corrupted` naming the file and the first line that is wrong.
  init(reading layout: RegistryLayout, key: PublicKey) throws(RegistryError) {
    self.layout = layout
    let note = try Self.read(RegistryLayout.logCheckpoint, in: layout)
    do throws(SigningError) {
      checkpoint = try Checkpoint(verifying: note, origin: Self.origin(of: key), trusted: [key])
    } catch {
      throw .corrupted(file: RegistryLayout.logCheckpoint, reason: "\(error)")
    }
    let bytes = try Self.read(RegistryLayout.logEntries, in: layout)
    var head = Self.emptyHead
    var start = 0
    entries = []
    while entries.count < checkpoint.size {
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else {
        throw Self.flaw(
          "the checkpoint vouches for \(checkpoint.size) lines and there are \(entries.count)")
      }
      let line = Array(bytes[start..<feed])
      entries.append(try Self.entry(line, index: entries.count, previous: head))
      head = SHA256.digest(of: line)
      start = feed + 1
    }
    guard head == checkpoint.head else {
      throw Self.flaw("its last line is not the one the checkpoint vouches for")
    }
    end = start
  }

  /// Appends lines and then vouches for them.
  ///
  /// - Precondition: the caller holds the registry's lock.
  /// - Throws: `RegistryError.corrupted` when other lines than these lie after the checkpoint.
  mutating func append(
    _ contents: [(kind: String, digest: Digest, recordedAt: String)], key: borrowing PrivateKey
  ) throws(RegistryError) {
    var head = checkpoint.head
    var added: [LogEntry] = []
    var text: [UInt8] = []
    for content in contents {
      let entry = LogEntry(
        index: entries.count + added.count, previous: head, kind: content.kind,
        digest: content.digest, recordedAt: content.recordedAt)
      precondition(entry.line.count <= 65535, "a log entry of at most 65535 bytes")
      head = SHA256.digest(of: entry.line)
      text += entry.line + [0x0A]
      added.append(entry)
    }
    try checkTail(isBeginningOf: text)
    let file = try FileDescriptor(opening: entriesPath, O_WRONLY | O_APPEND, to: "append to")
    try file.truncate(to: end)
    try file.write(text)
    try file.sync()
    let next = Checkpoint(origin: checkpoint.origin, size: entries.count + added.count, head: head)
    try Self.publish(next, in: layout, key: key)
    checkpoint = next
    entries += added
    end += text.count
  }

  /// Checks that what lies after the checkpoint is what a writer left that was interrupted.
  func checkTail(isBeginningOf expected: [UInt8]) throws(RegistryError) {
    let bytes = try Self.read(RegistryLayout.logEntries, in: layout)
    guard expected.starts(with: bytes[end...]) else {
      throw Self.flaw("after line \(entries.count) it has lines that this registry did not write")
    }
  }

  private static func publish(
    _ checkpoint: Checkpoint, in layout: RegistryLayout, key: borrowing PrivateKey
  ) throws(RegistryError) {
    let note: [UInt8]
    do throws(SigningError) {
      note = try checkpoint.signed(by: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey, reason: "\(error)")
    }
    try DurableFiles.replace(
      layout.path(RegistryLayout.logCheckpoint), with: note,
      staging: layout.path(RegistryLayout.staging))
  }

  private static func read(
    _ name: String, in layout: RegistryLayout
  ) throws(RegistryError) -> [UInt8] {
    guard try FileStatus(of: layout.path(name)) != nil else {
      throw .corrupted(file: name, reason: "it is missing")
    }
    return try DurableFiles.read(layout.path(name))
  }

  private static func entry(
    _ line: [UInt8], index: Int, previous: Digest
  ) throws(RegistryError) -> LogEntry {
    guard line.count <= 65535,
      let entry = try? CanonicalText.decode(LogEntry.self, from: line, what: "a log line"),
      entry.line == line
    else { throw flaw("line \(index + 1) is no log entry") }
    guard entry.index == index else { throw flaw("line \(index + 1) is numbered \(entry.index)") }
    guard entry.previous == previous else {
      throw flaw("line \(index + 1) does not follow the line before")
    }
    return entry
  }

  private static func flaw(_ reason: String) -> RegistryError {
    .corrupted(file: RegistryLayout.logEntries, reason: reason)
  }
}
