import Records
import Signing
import Testing
import TransparencyLog

@Suite("What lies behind the last checkpoint")
struct RemainderTests {
  /// The remainder in words.
  func words(_ log: SampleLog) throws -> String {
    switch try log.reader().remainder(after: log.end) {
    case .none: "none"
    case .torn(let count): "torn \(count)"
    case .noRecords(let offset): "no records at \(offset - log.end)"
    case .records(let records, let torn):
      "records "
        + records.map { record, offset in
          switch record {
          case .event(let bytes):
            "e@\(offset - log.end):\(String(decoding: bytes, as: UTF8.self))"
          case .checkpoint: "c@\(offset - log.end)"
          }
        }.joined(separator: " ") + " torn \(torn)"
    }
  }

  @Test("torn lines, zeros, whole records and lines of nobody's are told apart")
  func kinds() throws {
    let log = try SampleLog()
    let note = Base64.encode(try log.append(["one", "two"]))
    let zeros = String(repeating: "\0", count: 4096)
    for (text, wanted) in [
      ("", "none"), ("e", "torn 1"), ("e thr", "torn 5"), ("c 0 0 AA", "torn 8"),
      ("rubbish", "torn 7"), (zeros, "torn 4096"), (zeros + "\n", "torn 4097"),
      ("e th\0\0ee\n", "torn 9"), ("e th\0\0ee\ne four\n", "torn 16"),
      ("e three\n", "records e@0:three torn 0"), ("e three\ne fo", "records e@0:three torn 4"),
      ("e three\n" + zeros, "records e@0:three torn 4096"),
      ("e three\ne four\nc 0 0 \(note)\n", "records e@0:three e@8:four c@15 torn 0"),
      ("c 0 0 AAAA\n", "records c@0 torn 0"), ("rubbish\n", "no records at 0"),
      ("\n", "no records at 0"), ("e \n", "no records at 0"), ("c 0 0 A\n", "no records at 0"),
      ("e three\nrubbish\n", "no records at 8"),
      ("e " + String(repeating: "x", count: 16_385) + "\n", "no records at 0"),
    ] {
      try log.put(text)
      #expect(try words(log) == wanted, "\(text.prefix(40))")
    }
  }

  @Test("the next writer cuts what is torn, longer or shorter than what it writes")
  func cutting() throws {
    for torn in ["e thr", "e " + String(repeating: "x", count: 9000), "rubbish\ne more\n"] {
      let log = try SampleLog()
      try log.append(["one"])
      let clean = try log.bytes()
      try log.put(torn)
      let note = try log.append(["two"])
      #expect(try log.bytes().starts(with: clean))
      #expect(try log.bytes().count == log.end)
      #expect(try log.last()?.note == note)
      #expect(log.recomputed() == log.tree.root)
      #expect(try words(log) == "none")
    }
  }

  @Test("no writer goes on behind the end of a file that is shorter than what was committed")
  func shorter() throws {
    let log = try SampleLog()
    try log.append(["one"])
    try log.directory.write("tail", Array(try log.bytes().dropLast()))
    #expect(throws: LogError.self) { try log.append(["two"]) }
  }
}
