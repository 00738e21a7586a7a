import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Findings beside writers")
struct SettledFindingsTests {
  private static let wrong = Finding("file", "is wrong", isGood: false)
  private static let other = Finding("another", "is wrong", isGood: false)

  /// What is left of these looks, during each of which an event is committed or not.
  private func settled(_ looks: [[Finding]], isWritten: Bool) throws -> (left: [Finding], Int) {
    let place = try Place()
    return try place.store { store in
      var count = 0
      let left = try place.work.settled(in: store) {
        defer { count += 1 }
        if isWritten {
          try place.store { other in
            try other.commit(at: place.work.now()) { try $0.add(ModelAdded(model: "m\(count)")) }
          }
        }
        return looks[min(count, looks.count - 1)]
      }
      return (left, count)
    }
  }

  @Test("what is wrong while nobody writes is wrong, and looked at once")
  func quiet() throws {
    let (left, looks) = try settled([[Self.wrong], []], isWritten: false)
    #expect(left == [Self.wrong] && looks == 1)
  }

  @Test("what is wrong once beside a writer and not again is not wrong")
  func passing() throws {
    let (left, looks) = try settled([[Self.wrong], [Self.other], []], isWritten: true)
    #expect(left == [] && looks == 2)
  }

  @Test("what is wrong each time is wrong, however much is written")
  func lasting() throws {
    let (left, looks) = try settled([[Self.wrong, Self.other], [Self.wrong]], isWritten: true)
    #expect(left == [Self.wrong] && looks == 3)
  }

  @Test("an audit during which others write verifies, and one that finds a forgery finds it")
  func audit() throws {
    let place = try Made.trained()
    var asked = 0
    let work = place.watched { _ in
      asked += 1
      guard asked % 3 == 0, asked < 60 else { return }
      _ = try place.work.promote("v1", alias: "beside\(asked)", override: "because")
    }
    #expect(try work.audit(AuditOrder()).findings.filter { !$0.isGood } == [])
    #expect(asked >= 30)
    asked = 0
    #expect(try work.audit(AuditOrder(version: "v1")).findings.filter { !$0.isGood } == [])
    asked = 0
    try place.write("Registry/blobs/sha256/\(String(repeating: "0", count: 64))", [1])
    #expect(try !work.audit(AuditOrder()).isVerified)
  }
}
