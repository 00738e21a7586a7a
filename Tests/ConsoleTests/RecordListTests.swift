import FoundationEssentials
import Glibc
import Records
import Testing

@testable import Console

@Suite struct RecordListTests {
  /// Writes a file that is removed after the test.
  @discardableResult
  private func withFile<Result>(
    _ bytes: [UInt8], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "imu-registry-\(UUID().uuidString)")
    try Data(bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try body(path.path)
  }

  @Test("a list of ids becomes a selector of those records")
  func list() throws {
    try withFile(Array("\u{FEFF}train-0001\r\n\ntrain-0002\na,b=c+d|e%\n".utf8)) { path in
      let open = try command(
        "request open R --subject record=@\(path)", as: RequestOpenCommand.self)
      #expect(
        open.subject == Selector(records: ["train-0001", "train-0002", "a,b=c+d|e%"]))
    }
  }

  @Test("a list combines with other terms")
  func combination() throws {
    try withFile(Array("x\ny".utf8)) { path in
      let forget = try command(
        "forget --model v1 --subject class=3,record=@\(path)", as: ForgetCommand.self)
      #expect(forget.subject == (try Selector("class=3,record=x+y")))
    }
  }

  @Test("a pipe is refused, not waited for", .timeLimit(.minutes(1)))
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "imu-registry-\(UUID().uuidString)").path
    #expect(unsafe mkfifo(path, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: RecordListError.noPlainFile(path)) {
      try RecordList.identifiers(inFile: path)
    }
    #expect(throws: (any Error).self) {
      try command("request open R --subject record=@\(path)", as: RequestOpenCommand.self)
    }
  }

  @Test("a file that is no list is refused for what it is")
  func refused() throws {
    try withFile([]) { path in
      #expect(throws: RecordListError.empty(path)) {
        _ = try RecordList.identifiers(inFile: path)
      }
    }
    try withFile([0xFF, 0x0A]) { path in
      #expect(throws: RecordListError.notText(path)) {
        try RecordList.identifiers(inFile: path)
      }
    }
    #expect(throws: RecordListError.noPlainFile("/dev/zero")) {
      try RecordList.identifiers(inFile: "/dev/zero")
    }
    try withFile([UInt8](repeating: 0x41, count: 1_000_001)) { path in
      #expect(throws: RecordListError.tooLarge(path)) {
        try RecordList.identifiers(inFile: path)
      }
    }
    #expect(throws: RecordListError.unreadable("/nowhere/ids", errorNumber: 2)) {
      try RecordList.identifiers(inFile: "/nowhere/ids")
    }
    #expect(throws: RecordListError.self) { try RecordList.identifiers(inFile: "/") }
  }
}
