import Foundation
import Glibc
import Records
import Testing

@testable import Registry

@Suite("Sealed parts")
struct SealedPartsTests {
  private static let scope = SealedScope.request(.number(1))
  private static let reason = ReasonOpening(by: "Ada", reason: "asked for")

  /// A registry with a sealed reason of case 1.
  private static func sealed() throws -> (TemporaryRegistry, Digest) {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let opening = try store.sealed.seal(reason, in: scope)
    try store.commit(at: registry.clock.now()) { batch in
      try batch.add(
        RequestOpened(
          number: .number(1), opening: opening,
          receivedOn: try #require(CalendarDate("2026-11-20"))))
    }
    return (registry, opening)
  }

  private func open(_ registry: TemporaryRegistry, _ opening: Digest) throws -> ReasonOpening {
    let store = try registry.open()
    return try store.sealed.open(ReasonOpening.self, opening, in: Self.scope)
  }

  @Test("no key is made in the place of one that is away")
  func keyAway() throws {
    let registry = try TemporaryRegistry()
    func seal() throws -> Digest {
      let store = try registry.open()
      defer { extendLifetime(store) }
      return try store.sealed.seal(ReasonOpening(by: nil, reason: "a"), in: .reasons)
    }
    let store = try registry.open()
    let opening = try store.sealed.seal(ReasonOpening(by: nil, reason: "a"), in: .reasons)
    try store.commit(at: registry.clock.now(), clock: .corrected) { batch in
      try batch.add(ClockCorrected(opening: opening))
    }
    let key = try registry.read("sealed/reasons/key")
    try registry.remove("sealed/reasons/key")
    #expect(throws: RegistryError.self) { try seal() }
    try registry.remove("sealed/reasons")
    #expect(throws: RegistryError.self) { try seal() }
    #expect(!FileManager.default.fileExists(atPath: registry.path("sealed/reasons/key")))
    #expect(key.count == 32)
  }

  @Test(
    "what is no key is named, and replaced where nothing was sealed", arguments: [0, 31, 33, 5_000])
  func badKey(size: Int) throws {
    let registry = try TemporaryRegistry()
    try FileManager.default.createDirectory(
      atPath: registry.path("sealed/reasons"), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let bytes = [UInt8](repeating: 1, count: size)
    try registry.write("sealed/reasons/key", bytes, mode: 0o600)
    #expect(try registry.failures() == ["'sealed/reasons/key' is no key of 32 bytes"])
    let store = try registry.open()
    let opening = try store.sealed.seal(ReasonOpening(by: nil, reason: "a"), in: .reasons)
    try store.commit(at: registry.clock.now(), clock: .corrected) { batch in
      try batch.add(ClockCorrected(opening: opening))
    }
    #expect(try registry.read("sealed/reasons/key").count == 32)
    #expect(try registry.failures() == [])
    // Now something is sealed with it.
    try registry.write("sealed/reasons/key", bytes, mode: 0o600)
    #expect(throws: RegistryError.self) {
      try registry.open().sealed.seal(ReasonOpening(by: nil, reason: "b"), in: .reasons)
    }
    #expect(try registry.read("sealed/reasons/key") == bytes)
  }

  @Test("a part comes back, lies in a file of its owner's alone, and is not readable in it")
  func roundTrip() throws {
    let (registry, opening) = try Self.sealed()
    #expect(try open(registry, opening) == Self.reason)
    for file in [Self.scope.file(opening), "\(Self.scope.folder)/key"] {
      #expect(try FileStatus(of: registry.path(file))?.mode == 0o600)
    }
    let box = try registry.read(Self.scope.file(opening))
    #expect(!String(decoding: box, as: UTF8.self).contains("asked"))
    #expect(try registry.failures() == [])
  }

  @Test("the same part sealed twice has two commitments and two salts")
  func salted() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let one = try store.sealed.seal(Self.reason, in: Self.scope)
    let other = try store.sealed.seal(Self.reason, in: Self.scope)
    #expect(one != other)
    #expect(
      try store.sealed.salt(of: one, in: Self.scope)
        != store.sealed.salt(of: other, in: Self.scope))
    #expect(try registry.names(Self.scope.folder).count == 3)
  }

  @Test("a part with a changed byte does not open, and an audit names it")
  func changed() throws {
    let (registry, opening) = try Self.sealed()
    let file = Self.scope.file(opening)
    let box = try registry.read(file)
    for place in stride(from: 0, to: box.count, by: 7) {
      var other = box
      other[place] ^= 4
      try registry.write(file, other, mode: 0o600)
      #expect(
        throws: RegistryError.corrupted(
          file: file, reason: "it was not sealed here, or changed since")
      ) { try open(registry, opening) }
    }
    #expect(try registry.failures().contains { $0.hasPrefix("'\(file)' does not verify") })
  }

  @Test("a part in another's place, or of another scope, does not open")
  func swapped() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let other = SealedScope.request(.number(2))
    let one = try store.sealed.seal(Self.reason, in: Self.scope)
    let two = try store.sealed.seal(ReasonOpening(by: nil, reason: "b"), in: Self.scope)
    let three = try store.sealed.seal(ReasonOpening(by: nil, reason: "c"), in: other)
    for foreign in [Self.scope.file(two), other.file(three)] {
      try registry.write(Self.scope.file(one), try registry.read(foreign), mode: 0o600)
      let error = #expect(throws: RegistryError.self) { try open(registry, one) }
      #expect(error?.isCorruption == true)
    }
  }

  @Test("without its key or its file a part is gone, which is no corruption")
  func erased() throws {
    let (registry, opening) = try Self.sealed()
    let key = "\(Self.scope.folder)/key"
    let bytes = try registry.read(key)
    try registry.remove(key)
    #expect(throws: RegistryError.sealed(file: key, reason: .missing)) {
      try open(registry, opening)
    }
    try registry.write(key, bytes.reversed(), mode: 0o600)
    let error = #expect(throws: RegistryError.self) { try open(registry, opening) }
    #expect(error?.isCorruption == true)
    try registry.write(key, bytes, mode: 0o600)
    try registry.remove(Self.scope.file(opening))
    #expect(
      throws: RegistryError.sealed(file: Self.scope.file(opening), reason: .missing)
    ) { try open(registry, opening) }
  }

  @Test("a personal file that others can read, and one that no event names, are findings")
  func audited() throws {
    let (registry, opening) = try Self.sealed()
    let file = Self.scope.file(opening)
    try registry.write(file, try registry.read(file), mode: 0o644)
    let stranger = Self.scope.file(.of("stranger"))
    try registry.write(stranger, [1], mode: 0o600)
    #expect(
      try registry.failures()
        == [
          "'\(file)' is personal and has mode 0644, not 0600",
          "'\(stranger)' is named by no event of the log",
        ].sorted())
  }

  @Test(
    "a request of as long a list of records as may be is opened, and what is longer is not read")
  func longest() throws {
    let registry = try TemporaryRegistry()
    let number = try RegistryStore.newCaseNumber()
    let day = try #require(CalendarDate("2026-11-22"))
    let opening = RequestOpening(
      id: "R-1", receivedOn: day, subject: String(repeating: "x", count: Selector.sizeLimit))
    let store = try registry.open()
    let commitment = try store.sealed.seal(opening, in: .request(number))
    try store.commit(at: registry.clock.now()) {
      try $0.add(RequestOpened(number: number, opening: commitment, receivedOn: day))
    }
    #expect(
      try registry.open().sealed.openRequest(commitment, in: .request(number)) == opening)
    let file = SealedScope.request(number).file(commitment)
    #expect(unsafe truncate(registry.path(file), 1 << 30) == 0)
    do {
      _ = try registry.open().sealed.openRequest(commitment, in: .request(number))
      Issue.record("it was opened")
    } catch {
      #expect("\(error)".contains("has 1073741824 bytes, and none has more than"))
    }
  }
}
