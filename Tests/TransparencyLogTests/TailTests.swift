import Glibc
import Records
import Signing
import Testing
import TransparencyLog

@Suite("The tail of a log")
struct TailTests {
  @Test("what is appended is read back, in order, under the last checkpoint")
  func roundTrip() throws {
    let log = try SampleLog()
    let first = try log.append(["one", "two"])
    let end = log.end
    let place = StatePlace(size: 2, offset: end)
    let second = try log.append(["three"], state: place)
    let last = try #require(try log.last())
    #expect(last.checkpoint == Checkpoint(origin: SampleLog.origin, size: 3, head: log.tree.root))
    #expect(last.note == second && last.end == log.end && last.state == place)
    let reader = try log.reader()
    #expect(try reader.firstEvent() == Array("one".utf8))
    var seen: [TailRecord] = []
    var offsets: [Int] = []
    try reader.forEachRecord(in: 0..<reader.byteCount) { record, offset in
      seen.append(record)
      offsets.append(offset)
    }
    #expect(
      seen == [
        .event(Array("one".utf8)), .event(Array("two".utf8)),
        .checkpoint(CheckpointRecord(note: first, state: nil)), .event(Array("three".utf8)),
        .checkpoint(CheckpointRecord(note: second, state: place)),
      ])
    #expect(offsets == [0, 6, 12, end, end + 8])
    guard case .none = try reader.remainder(after: last.end) else {
      Issue.record("something lies behind the last checkpoint")
      return
    }
  }

  @Test("a tail that is missing, a folder or a link is not opened; an empty one has nothing")
  func openings() throws {
    let log = try SampleLog()
    #expect(throws: LogError.self) { _ = try log.reader() }
    #expect(throws: LogError.self) { _ = try TailReader(openingAt: log.directory.path) }
    #expect(throws: LogError.self) {
      _ = try TailWriter(openingAt: log.directory.path, creating: false)
    }
    try log.directory.write("tail", [])
    #expect(try log.last() == nil)
    #expect(throws: LogError.self) { try log.reader().firstEvent() }
    try log.append(["one"])
    try link(log.path, log.directory.path("link"))
    #expect(throws: LogError.self) { _ = try TailReader(openingAt: log.directory.path("link")) }
    #expect(throws: LogError.self) {
      _ = try TailWriter(openingAt: log.directory.path("link"), creating: false)
    }
  }

  @Test(
    "the last checkpoint is found across any number of steps backwards",
    arguments: [0, 100, 65_000, 65_400, 65_536, 66_000, 131_072, 400_000])
  func backwards(_ distance: Int) throws {
    let log = try SampleLog()
    try log.append(["first"])
    let wanted = try log.append(["second"])
    for shift in [0, 1, 2, 17] {
      let line = "e \(String(repeating: "x", count: 97))\n"
      var behind = String(repeating: line, count: distance / 100)
      behind += "e " + String(repeating: "y", count: shift)
      try log.put(behind)
      let last = try #require(try log.last())
      #expect(last.note == wanted && last.end == log.end)
    }
  }

  @Test(
    "lines longer than any that is written are passed over, and end nowhere else than they do",
    arguments: [16_387, 32_768, 65_535, 65_536, 65_537, 70_000, 131_072, 200_000])
  func longLines(_ length: Int) throws {
    let log = try SampleLog()
    try log.append(["first"])
    let wanted = try log.append(["second"])
    let line = try log.bytes().suffix(
      from: try #require(try log.last()).offset)
    // A good checkpoint to begin with, and rubbish behind it in the same line.
    let long = line.dropLast() + [UInt8](repeating: 0x41, count: length)
    for end in [[], [0x0A], Array("\ne more\n".utf8)] as [[UInt8]] {
      try log.put(long + end)
      let last = try #require(try log.last())
      #expect(last.note == wanted && last.end == log.end)
    }
    // Alone in a file, it is no checkpoint either.
    try log.directory.write("tail", long + [0x0A])
    #expect(try log.last() == nil)
  }

  @Test("a checkpoint of nobody's or of another's key after the last good one is passed over")
  func strangers() throws {
    let log = try SampleLog()
    let wanted = try log.append(["one", "two"])
    let stranger = try SampleLog()
    let foreign = try stranger.append(["one", "two", "three"])
    let elsewhere = try Checkpoint(origin: "b-log.example", size: 9, head: log.tree.root)
      .signed(by: log.key)
    for line in [
      "c 0 0 AAAA\n", "c 0 0 \n", "c \n", "c\n", "c 0 0 \(Base64.encode(foreign))\n",
      "c 0 0 \(Base64.encode(elsewhere))\n", "c 00 0 \(Base64.encode(wanted))\n",
      "c 0 1 \(Base64.encode(wanted))\n",
      "c 0 0 \(Base64.encode(wanted)) \n", "c 0 0 \(Base64.encode(wanted))\r\n",
      "C 0 0 \(Base64.encode(wanted))\n", " c 0 0 \(Base64.encode(wanted))\n",
      "c 0 0 \(Base64.encode(wanted))",
    ] {
      try log.put(line)
      let last = try #require(try log.last(), "\(line)")
      #expect(last.note == wanted && last.end == log.end, "\(line)")
    }
  }

  @Test("what a writer cannot have left behind the last checkpoint is not searched through")
  func farBehind() throws {
    let log = try SampleLog()
    let wanted = try log.append(["one", "two"])
    let origin = SampleLog.origin
    #expect(unsafe truncate(log.path, off_t(log.end + TailRecord.batchLimit)) == 0)
    #expect(try log.last()?.note == wanted)
    for size in [log.end + TailRecord.batchLimit + 20_000, 1 << 36] {
      #expect(unsafe truncate(log.path, off_t(size)) == 0)
      let error = #expect(throws: LogError.self) { try log.last() }
      #expect(error?.description.contains("of its \(size) bytes") == true)
      let found = try log.reader().lastCheckpoint(
        origin: origin, trusted: log.trusted, .anywhere)
      #expect(found?.note == wanted && found?.end == log.end)
    }
    #expect(unsafe truncate(log.path, off_t(log.end)) == 0)
    let line = try "c 0 0 \(Base64.encode(SampleLog().append(["one"])))\n"
    try log.put(String(repeating: line, count: 5000))
    #expect(throws: LogError.self) { try log.last() }
    let found = try log.reader().lastCheckpoint(origin: origin, trusted: log.trusted, .anywhere)
    #expect(found?.note == wanted)
  }

  @Test("more than is searched for is not appended at once")
  func batchLimit() throws {
    let log = try SampleLog()
    try log.append(["one"])
    let event = String(repeating: "x", count: TailRecord.eventLimit)
    let events = [String](repeating: event, count: TailRecord.batchLimit / TailRecord.eventLimit)
    #expect(throws: LogError.self) { try log.append(events) }
    #expect(try log.bytes().count == log.end)
  }

  @Test("a file cut anywhere has the last checkpoint that is whole")
  func cuts() throws {
    let log = try SampleLog()
    try log.append(["one"])
    let first = log.end
    try log.append(["two", "three"])
    let bytes = try log.bytes()
    for count in 0...bytes.count {
      try log.directory.write("tail", Array(bytes.prefix(count)))
      let wanted = count < first ? nil : count < bytes.count ? 1 : 3
      #expect(try log.last()?.checkpoint.size == wanted, "\(count)")
    }
  }

  @Test("any flipped bit of an event under the checkpoint leads to another root, or to none")
  func flips() throws {
    let log = try SampleLog()
    try log.append(["one", "two"])
    try log.append(["three"])
    let bytes = try log.bytes()
    let root = log.tree.root
    #expect(log.recomputed() == root)
    let last = try #require(try log.last())
    var offsets: [Int] = []
    try log.reader().forEachRecord(in: 0..<bytes.count) { record, offset in
      if case .event(let event) = record { offsets += offset..<(offset + event.count + 3) }
    }
    for offset in offsets {
      for bit in 0..<8 {
        var changed = bytes
        changed[offset] ^= 1 << bit
        try log.directory.write("tail", changed)
        // The line end before the checkpoint is part of neither: without it there is no such line.
        if offset != last.offset - 1 { #expect(try log.last()?.note == last.note) }
        #expect(log.recomputed() != root, "byte \(offset), bit \(bit)")
      }
    }
  }

  @Test("records are read whole wherever the parts of the reading end")
  func longTails() throws {
    let log = try SampleLog()
    let events = (0..<150).map { "\($0) " + String(repeating: "z", count: 16_000 - $0) }
    try log.append(Array(events.prefix(60)))
    try log.append(Array(events.dropFirst(60)))
    var found: [String] = []
    let reader = try log.reader()
    try reader.forEachRecord(in: 0..<reader.byteCount) { record, _ in
      if case .event(let bytes) = record { found.append(String(decoding: bytes, as: UTF8.self)) }
    }
    #expect(found == events)
    #expect(throws: LogError.self) {
      try reader.forEachRecord(in: 0..<(reader.byteCount - 1)) { _, _ in }
    }
    #expect(throws: LogError.self) {
      try reader.forEachRecord(in: 0..<(reader.byteCount + 1)) { _, _ in }
    }
  }
}
