import Foundation
import Records
import Testing

@testable import Registry

@Suite("Kept trainings")
struct KeptTrainingTests {
  private static let training = KeptTraining(
    run: .of("run"), request: .of("request"), parent: .of("parent"),
    records: [.of("manifest"): RecordSelection(0..<9)])
  private static let state = Array("what it came to\nin two lines".utf8)
  private static let file = "training/\(Digest.of("run").hex)"

  /// A registry that keeps one training.
  private func registry() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry.afterForget()
    try registry.open().keep(Self.training, state: Self.state)
    return registry
  }

  @Test("what is kept comes back byte for byte, and is only the owner's to read")
  func roundTrip() throws {
    let registry = try registry()
    let kept = try #require(try registry.open(.reading).keptTraining(.of("run")))
    #expect(kept.training == Self.training && kept.state == Self.state)
    #expect(try FileStatus(of: registry.path(Self.file))?.mode == 0o600)
    #expect(try FileStatus(of: registry.path("training"))?.mode == 0o700)
    #expect(try registry.names("staging") == [])
    #expect(try registry.audit() == [])
  }

  @Test("a later state takes the place of the earlier, and discarding leaves nothing")
  func replaced() throws {
    let registry = try registry()
    let store = try registry.open()
    let plain = KeptTraining(run: .of("run"), request: nil, parent: nil, records: [:])
    try store.keep(plain, state: [])
    #expect(try store.keptTraining(.of("run"))?.training == plain)
    #expect(try store.keptTrainings() == [.of("run")])
    try store.discardTraining(.of("run"))
    try store.discardTraining(.of("run"))
    #expect(try store.keptTrainings() == [] && store.keptTraining(.of("run")) == nil)
    #expect(try registry.names("training") == [])
  }

  @Test("a changed byte anywhere, or a missing end, is refused, and the audit names the file")
  func changed() throws {
    let registry = try registry()
    let bytes = try registry.read(Self.file)
    func isRefused(_ other: [UInt8]) throws -> Bool {
      try registry.write(Self.file, other)
      do {
        _ = try registry.open(.reading).keptTraining(.of("run"))
        return false
      } catch let error as RegistryError {
        return error.isCorruption && error.description.contains(Self.file)
      }
    }
    for index in bytes.indices {
      var other = bytes
      other[index] ^= 1
      #expect(try isRefused(other), "byte \(index)")
    }
    for length in stride(from: 0, to: bytes.count, by: 5) {
      #expect(try isRefused(Array(bytes.prefix(length))), "\(length) bytes")
    }
    #expect(try registry.audit().contains { $0.contains("'\(Self.file)' does not verify") })
  }

  @Test("neither another training's file nor one that another registry signed is taken")
  func foreign() throws {
    let registry = try registry()
    let other = "training/\(Digest.of("other").hex)"
    try registry.write(other, try registry.read(Self.file))
    #expect {
      try registry.open(.reading).keptTraining(.of("other"))
    } throws: { "\($0)".contains("it is of another training") }
    let stranger = try TemporaryRegistry()
    try stranger.open().keep(Self.training, state: Self.state)
    try registry.write(Self.file, try stranger.read(Self.file))
    #expect {
      try registry.open(.reading).keptTraining(.of("run"))
    } throws: { "\($0)".contains("it is not signed by this registry") }
  }

  @Test("a file that others can read is found")
  func exposed() throws {
    let registry = try registry()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: registry.path(Self.file))
    #expect(try registry.audit() == ["'\(Self.file)' can be read by others (mode 0644)"])
  }

  @Test("a link is not followed, and a folder is left to the audit")
  func noPlainFile() throws {
    let registry = try registry()
    let kept = try registry.read(Self.file)
    try registry.write("elsewhere", kept)
    try registry.remove(Self.file)
    try FileManager.default.createSymbolicLink(
      atPath: registry.path(Self.file), withDestinationPath: registry.path("elsewhere"))
    #expect(throws: RegistryError.self) { try registry.open().keptTraining(.of("run")) }
    try registry.remove(Self.file)
    try FileManager.default.createDirectory(
      atPath: registry.path(Self.file), withIntermediateDirectories: false)
    try registry.open().discardTraining(.of("run"))
    #expect(try registry.audit().contains { $0.contains(Self.file) })
  }
}
