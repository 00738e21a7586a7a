import Glibc
import Records
import Signing
import Testing

@testable import Registry

@Suite("Receipts")
struct ReceiptTests {
  private static let bytes = Array("what an extractor made".utf8)

  private static func features(_ bytes: [UInt8] = bytes, key: String = "key") -> DerivedDraft {
    DerivedDraft(
      key: .of(key), root: .of("root"), records: RecordSelection([1, 2]), environment: .example,
      bytes: bytes)
  }

  private static let training = KeptTraining(
    run: .of("run"), number: .number(1), parent: .of("parent"),
    records: [.of("root"): RecordSelection([1, 2, 5])], environment: .example)

  private func isCorruption(_ body: () throws -> Void) -> Bool {
    do { try body() } catch { return (error as? RegistryError)?.isCorruption == true }
    return false
  }

  @Test("features come back with what they were made of, for their keeper's eyes only")
  func features() throws {
    let registry = try TemporaryRegistry()
    let entry = try registry.open().keep(Self.features(), at: CountingClock.time(1))
    let store = try registry.open()
    #expect(try store.derivedData() == [entry])
    #expect(try store.derivedData(key: .of("key")) == [entry])
    #expect(try store.derivedData(key: .of("other")) == [])
    let file = try store.open(entry)
    #expect(file.size == Self.bytes.count)
    #expect(try file.read(4, at: 5) == Array("an e".utf8))
    #expect(isCorruption { _ = try file.read(5, at: Self.bytes.count - 4) })
    let name = "work/features/\(entry.digest.hex)"
    #expect(try FileStatus(of: registry.path(name))?.mode == 0o600)
    #expect(try registry.failures() == [])
  }

  @Test("a file longer than its receipt says is refused before it is hashed")
  func grown() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try store.keep(Self.features(), at: CountingClock.time(1))
    try store.keep(Self.training, state: Self.bytes, at: CountingClock.time(1))
    let training = RegistryStore.name(ofTraining: Self.training.run)
    for name in ["work/features/\(entry.digest.hex)", training] {
      #expect(unsafe truncate(registry.path(name), 1 << 37) == 0)
    }
    #expect(isCorruption { _ = try store.open(entry) })
    #expect(isCorruption { _ = try store.keptTraining(Self.training.run) })
    #expect(try registry.failures().count { $0.contains("behind its receipt, which says 22") } == 2)
  }

  @Test("features with any changed byte are not read")
  func changedFeatures() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try store.keep(Self.features(), at: CountingClock.time(1))
    let name = "work/features/\(entry.digest.hex)"
    let good = try registry.read(name)
    for place in good.indices {
      var other = good
      other[place] ^= 1 << (place % 8)
      try registry.write(name, other, mode: 0o600)
      #expect(isCorruption { _ = try store.open(entry) }, "byte \(place)")
    }
    #expect(try registry.failures().count == 1)
    for other in [[], Self.bytes, Array(good.dropLast()), good + [0]] {
      try registry.write(name, other, mode: 0o600)
      #expect(isCorruption { _ = try store.open(entry) })
    }
  }

  @Test("a receipt of another registry, of other bytes or of another kind does not stand")
  func foreign() throws {
    let registry = try TemporaryRegistry()
    let other = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try other.open().keep(Self.features(), at: CountingClock.time(1))
    let name = "work/features/\(entry.digest.hex)"
    try registry.write(name, try other.read(name), mode: 0o600)
    #expect(try store.derivedData() == [])
    #expect(isCorruption { _ = try store.open(entry) })

    let own = try store.keep(Self.features([1, 2, 3]), at: CountingClock.time(1))
    try registry.write(
      name, try registry.read("work/features/\(own.digest.hex)"), mode: 0o600)
    #expect(isCorruption { _ = try store.open(entry) })

    try store.keep(Self.training, state: Self.bytes, at: CountingClock.time(1))
    try registry.write(
      name, try registry.read(RegistryStore.name(ofTraining: Self.training.run)), mode: 0o600)
    #expect(isCorruption { _ = try store.open(entry) })
    #expect(try registry.failures().count == 1)
  }

  @Test("erased features go, those of fewer records take their place, and an audit knows")
  func erased() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try store.keep(Self.features(), at: CountingClock.time(1))
    let name = "work/features/\(entry.digest.hex)"
    let bytes = try registry.read(name)
    try store.erase(entry, leaving: Self.features([7], key: "less"), at: CountingClock.time(2))
    #expect(try store.derivedData().map(\.key) == [.of("less")])
    #expect(try store.byteCount(of: entry) == nil)
    try registry.commit(DerivedErased(file: entry.digest))
    #expect(try registry.failures() == [])
    try registry.write(name, bytes, mode: 0o600)
    #expect(
      try registry.failures() == ["'\(name)' is there although the log says it was erased"])
  }

  @Test("a training comes back as far as it had come, the newest state of it")
  func training() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    #expect(try store.keptTraining(Self.training.run) == nil)
    try store.keep(Self.training, state: [1, 2], at: CountingClock.time(1))
    try store.keep(Self.training, state: Self.bytes, at: CountingClock.time(2))
    let kept = try #require(try registry.open().keptTraining(Self.training.run))
    #expect(kept.training == Self.training)
    #expect(kept.state == Self.bytes)
    #expect(try store.keptTrainings() == [Self.training.run])
    #expect(try registry.failures() == [])
    try store.discardTraining(Self.training.run)
    try store.discardTraining(Self.training.run)
    #expect(try store.keptTrainings() == [])
  }

  @Test("a training under another's name, or with any changed byte, is not gone on with")
  func changedTraining() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.keep(Self.training, state: Self.bytes, at: CountingClock.time(1))
    let name = RegistryStore.name(ofTraining: Self.training.run)
    let good = try registry.read(name)
    for place in good.indices {
      var other = good
      other[place] ^= 1 << (place % 8)
      try registry.write(name, other, mode: 0o600)
      #expect(isCorruption { _ = try store.keptTraining(Self.training.run) }, "byte \(place)")
    }
    let another = RegistryStore.name(ofTraining: .of("another"))
    try registry.write(another, good, mode: 0o600)
    #expect(isCorruption { _ = try store.keptTraining(.of("another")) })
    #expect(try registry.failures().count == 2)
  }

  @Test("a run is held by one at a time")
  func holding() throws {
    let registry = try TemporaryRegistry()
    let (one, other) = (try registry.open(), try registry.open())
    var hold = try one.hold(run: .of("run"))
    #expect(hold != nil)
    #expect(try other.hold(run: .of("run")) == nil)
    #expect(try other.hold(run: .of("another")) != nil)
    hold = nil
    #expect(try other.hold(run: .of("run")) != nil)
    #expect(try registry.names("work/runs") == [])
  }
}
