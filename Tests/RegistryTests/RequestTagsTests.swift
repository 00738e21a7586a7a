import Records
import Signing
import Testing

@testable import Registry

@Suite("The tags by which requests are looked up")
struct RequestTagsTests {
  /// Opens requests of these people, `R-0` being the first.
  private static func open(_ people: Range<Int>, in registry: TemporaryRegistry) throws {
    let store = try registry.open()
    let date = try #require(CalendarDate("2026-11-22"))
    let openings = try people.map { person in
      let number = try RegistryStore.newCaseNumber()
      let opening = RequestOpening(
        id: "R-\(person)", receivedOn: date, subject: "pid=\(person % 7)")
      return RequestOpened(
        number: number, opening: try store.sealed.seal(opening, in: .request(number)),
        receivedOn: date)
    }
    try store.commit(at: registry.clock.now()) { batch in
      for opening in openings { try batch.add(opening) }
    }
  }

  /// A registry with tags of twenty requests, and five more that came since.
  static func tagged() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry()
    try open(0..<20, in: registry)
    try registry.grow()
    try open(20..<25, in: registry)
    return registry
  }

  private static func file(_ registry: TemporaryRegistry) throws -> String {
    SealedScope.requests.file(try #require(registry.open().state.requestTags))
  }

  private static func check(_ registry: TemporaryRegistry) throws {
    let store = try registry.open()
    for person in 0..<25 {
      #expect(try store.request("R-\(person)").selector.canonicalText == "pid=\(person % 7)")
    }
    for subject in 0..<8 {
      let found = try store.requests(of: Selector("pid=\(subject)")).map(\.ordinal).sorted()
      #expect(found == (0..<25).filter { $0 % 7 == subject })
    }
    #expect(throws: RegistryError.self) { try store.request("R-25") }
    #expect(throws: RegistryError.self) { try store.checkNewRequest("R-3") }
    #expect(throws: RegistryError.self) { try store.checkNewRequest("R-24") }
    try store.checkNewRequest("R-25")
  }

  @Test("requests are found by id and by subject, those that came since among them")
  func lookUp() throws {
    let registry = try Self.tagged()
    #expect(try registry.open().requestTags()?.count == 20)
    try Self.check(registry)
    #expect(try registry.failures().isEmpty)
    #expect(try registry.notes().isEmpty)
  }

  @Test("a look-up opens few parts of the many there are")
  func few() throws {
    let registry = try TemporaryRegistry()
    try Self.open(0..<600, in: registry)
    try registry.grow()
    try registry.commit(ModelAdded(model: "after"))
    let fitting = try registry.open().cases { $0.cases(withID: "R-17") }
    #expect(fitting.contains(17))
    // A byte leaves one in 256; thirty of 600 by chance happen to nobody.
    #expect(fitting.count < 30)
  }

  @Test("without the tags, with another registry's or with others' bytes the answers are the same")
  func away() throws {
    let registry = try Self.tagged()
    let file = try Self.file(registry)
    let good = try registry.read(file)
    try registry.remove(file)
    try Self.check(registry)
    #expect(try registry.failures().isEmpty)
    #expect(try registry.notes().contains { $0.contains("look-ups open every request") })
    let other = try Self.tagged()
    for forged in [[], Array(good.dropLast()), try other.read(Self.file(other))] {
      try registry.write(file, forged, mode: 0o600)
      try Self.check(registry)
      #expect(try registry.failures().contains { $0.contains(file) })
    }
  }

  @Test("a request is found by its subject in whatever normal form that was written")
  func normalForms() throws {
    var tags = RequestTags(key: [UInt8](repeating: 1, count: 32))
    let date = try #require(CalendarDate("2026-11-22"))
    tags.append(RequestOpening(id: "R-1", receivedOn: date, subject: "pid=e\u{301}"))
    #expect(tags.cases(withSubject: "pid=\u{E9}") == [0])
    #expect(tags.cases(withSubject: "pid=e\u{301}") == [0])
  }

  @Test("newer tags take the place of older ones, which go")
  func former() throws {
    let registry = try Self.tagged()
    let former = try Self.file(registry)
    try registry.grow(prefix: "more")
    try Self.open(25..<26, in: registry)
    let file = try Self.file(registry)
    #expect(file != former)
    #expect(try registry.open().requestTags()?.count == 25)
    #expect(try registry.names("sealed/requests").count == 2)
    #expect(try registry.failures().isEmpty)
  }

  @Test("tags of what did not change are not sealed again")
  func unchanged() throws {
    let registry = try Self.tagged()
    try registry.grow(prefix: "more")
    try registry.commit(ModelAdded(model: "after-more"))
    let file = try Self.file(registry)
    try registry.grow(prefix: "most")
    try registry.commit(ModelAdded(model: "after-most"))
    #expect(try Self.file(registry) == file)
  }

  @Test("a request that was erased has no tags any more when they are made again")
  func erased() throws {
    let registry = try Self.tagged()
    let store = try registry.open()
    #expect(store.requestTags()?.isRead(3) == true)
    let found = store.state.cases[3]
    try registry.remove(SealedScope.request(found.number).file(found.opening))
    try registry.grow(prefix: "more")
    try registry.commit(ModelAdded(model: "after-more"))
    let tags = try #require(registry.open().requestTags())
    #expect(!tags.isRead(3))
    #expect(tags.isRead(4))
    // It may be anybody's, so it stands in the way of a new request of its id.
    #expect(throws: RegistryError.self) { try registry.open().checkNewRequest("R-3") }
  }

  @Test("a key that is away is made anew with the next tags")
  func lostKey() throws {
    let registry = try Self.tagged()
    try registry.remove("sealed/requests/key")
    try Self.check(registry)
    try registry.grow(prefix: "more")
    try registry.commit(ModelAdded(model: "after-more"))
    #expect(try registry.open().requestTags()?.count == 25)
    try Self.check(registry)
  }

  @Test("an audit names tags that are not of the requests")
  func liars() throws {
    let registry = try TemporaryRegistry()
    try Self.open(0..<3, in: registry)
    let store = try registry.open()
    var tags = RequestTags(key: [UInt8](repeating: 1, count: 32))
    for person in [0, 2, 1] {
      tags.append(
        RequestOpening(
          id: "R-\(person)", receivedOn: store.state.cases[0].receivedOn, subject: "pid=\(person)"))
    }
    let commitment = try store.sealed.seal(tags, in: .requests)
    try store.commit(at: registry.clock.now()) { batch in
      try batch.add(
        StateKept(
          size: batch.nextIndex, state: SHA256.digest(of: store.log.keptText), tags: commitment))
    }
    #expect(try registry.failures().contains { $0.contains("not what case 1 asks for") })
  }
}
