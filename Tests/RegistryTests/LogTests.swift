import Records
import Signing
import Testing

@testable import Registry

@Suite("The log")
struct LogTests {
  static let time = TemporaryRegistry.time

  /// A registry whose log has five lines.
  static func fiveLines() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    for number in 1...4 { try store.record("policy", .of("\(number)"), at: time) }
    return registry
  }

  static func lines(_ registry: TemporaryRegistry) throws -> [[UInt8]] {
    try registry.read("log/entries.jsonl").split(separator: 0x0A).map(Array.init)
  }

  static func write(_ lines: [[UInt8]], to registry: TemporaryRegistry) throws {
    try registry.write("log/entries.jsonl", lines.flatMap { $0 + [0x0A] })
  }

  @Test("every line is canonical JSON and holds the digest of the line before")
  func chain() throws {
    let registry = try Self.fiveLines()
    var previous = SHA256.digest(of: [])
    for (index, line) in try Self.lines(registry).enumerated() {
      let json = try JSONParser.parse(line)
      #expect(json.object?.map(\.name) == ["digest", "index", "kind", "previous", "recordedAt"])
      #expect(json["index"]?.integer == index)
      #expect(json["previous"]?.string == "\(previous)")
      previous = SHA256.digest(of: line)
    }
    let note = String(decoding: try registry.read("log/checkpoint"), as: UTF8.self)
    let top = note.split(separator: "\n", omittingEmptySubsequences: false).prefix(4)
    #expect(top.dropFirst() == ["5", Base64.encode(previous.bytes)[...], ""])
  }

  @Test("any changed byte of the log is found")
  func everyByte() throws {
    let registry = try Self.fiveLines()
    let key = try registry.open().verificationKey()
    let layout = RegistryLayout(directory: registry.directory)
    let bytes = try registry.read("log/entries.jsonl")
    for index in bytes.indices {
      var other = bytes
      other[index] ^= UInt8(1 << (index % 8))
      try registry.write("log/entries.jsonl", other)
      let error = #expect(throws: RegistryError.self) {
        try AppendOnlyLog(reading: layout, key: key)
      }
      #expect(error?.isCorruption == true)
    }
  }

  @Test("any changed byte of the checkpoint is found")
  func everyByteOfCheckpoint() throws {
    let registry = try Self.fiveLines()
    let key = try registry.open().verificationKey()
    let layout = RegistryLayout(directory: registry.directory)
    let bytes = try registry.read("log/checkpoint")
    for index in bytes.indices {
      var other = bytes
      other[index] ^= UInt8(1 << (index % 8))
      try registry.write("log/checkpoint", other)
      let error = #expect(throws: RegistryError.self) {
        try AppendOnlyLog(reading: layout, key: key)
      }
      #expect(error?.isCorruption == true)
    }
  }

  enum Tampering: CaseIterable {
    case droppedFirst, droppedLast, droppedAll, swapped, repeated, inserted, appended, rechained
  }

  @Test("lines dropped, moved, repeated or added are found", arguments: Tampering.allCases)
  func lines(tampering: Tampering) throws {
    let registry = try Self.fiveLines()
    var lines = try Self.lines(registry)
    switch tampering {
    case .droppedFirst: lines.removeFirst()
    case .droppedLast: lines.removeLast()
    case .droppedAll: lines = []
    case .swapped: lines.swapAt(2, 3)
    case .repeated: lines.insert(lines[2], at: 2)
    case .inserted: lines.insert(Array("{}".utf8), at: 2)
    case .appended:
      // A line that follows well, but that the registry never vouched for.
      let entry = LogEntry(
        index: 5, previous: SHA256.digest(of: lines[4]), kind: "certificate",
        digest: .of("forged"), recordedAt: Self.time)
      lines.append(entry.line)
    case .rechained:
      // The whole chain from line 3 made anew, as one without the key can.
      for index in 2..<5 {
        let entry = LogEntry(
          index: index, previous: SHA256.digest(of: lines[index - 1]), kind: "policy",
          digest: .of("forged"), recordedAt: Self.time)
        lines[index] = entry.line
      }
    }
    try Self.write(lines, to: registry)
    let error = #expect(throws: RegistryError.self) { try registry.open() }
    #expect(error?.isCorruption == true)
    #expect(error?.description.contains("log/") == true)
  }

  @Test("an older log with its own older checkpoint is found")
  func rolledBack() throws {
    let registry = try Self.fiveLines()
    let old = try (registry.read("log/entries.jsonl"), registry.read("log/checkpoint"))
    try registry.open().record("policy", .of("5"), at: Self.time)
    try registry.write("log/entries.jsonl", old.0)
    try registry.write("log/checkpoint", old.1)
    let error = #expect(throws: RegistryError.self) { try registry.open() }
    #expect(error?.isCorruption == true)
  }

  @Test("the log of another registry is found")
  func foreign() throws {
    let registry = try Self.fiveLines()
    let other = try Self.fiveLines()
    for name in ["log/entries.jsonl", "log/checkpoint"] {
      try registry.write(name, other.read(name))
    }
    #expect(throws: RegistryError.self) { try registry.open(.reading) }
  }

  @Test("a ledger that tells of the log otherwise is found")
  func ledger() throws {
    let registry = try Self.fiveLines()
    try registry.tamper("UPDATE log_entries SET kind = 'version' WHERE log_index = 2")
    #expect(try registry.audit().contains("'log/entries.jsonl' differs from the ledger in line 3"))
  }

  @Test("a line cut by a crash is completed from the ledger, at any byte")
  func torn() throws {
    let registry = try Self.fiveLines()
    let before = try (registry.read("log/entries.jsonl"), registry.read("log/checkpoint"))
    try registry.open().record("policy", .of("5"), at: Self.time)
    let whole = try registry.read("log/entries.jsonl")
    for end in Array(stride(from: before.0.count, to: whole.count, by: 23)) + [whole.count] {
      try registry.tamper("UPDATE log_entries SET is_appended = 0 WHERE log_index = 5")
      try registry.write("log/entries.jsonl", Array(whole[..<end]))
      try registry.write("log/checkpoint", before.1)
      #expect(try registry.open(.reading).logEntries().count == 5)
      #expect(try registry.open(.writing).logEntries().count == 6)
      #expect(try registry.read("log/entries.jsonl") == whole)
    }
    #expect(try registry.audit() == [])
  }
}
