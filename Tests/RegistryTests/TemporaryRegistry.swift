import Foundation
import Records
import Signing
import Testing

@testable import Registry

/// A clock that goes a second on whenever it is read, so that every run of a test has the same times.
final class CountingClock {
  private(set) var seconds: Int

  init(seconds: Int = 0) { self.seconds = seconds }

  func now() -> String {
    seconds += 1
    return Self.time(seconds)
  }

  /// Sets it to another time of the same day.
  func set(_ seconds: Int) { self.seconds = seconds }

  /// So many seconds after ten o'clock.
  static func time(_ seconds: Int) -> String {
    let fields = [10 + seconds / 3_600, seconds / 60 % 60, seconds % 60]
    return "2026-11-22T" + fields.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") + "Z"
  }
}

/// A registry in a directory of its own that goes when the test is done.
final class TemporaryRegistry {
  let directory: String
  let clock: CountingClock
  let memory: CheckpointMemory?

  static let model = "speakers"
  static let policyText = Array("{\"name\":\"small\"}".utf8)
  /// The policy that may mitigate and close.
  static let policy = SHA256.digest(of: policyText)

  private init(empty: Void, clock: CountingClock, memory: CheckpointMemory?) {
    // In memory where there is such a folder: the tests sync thousands of times.
    let shared = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: shared)
      ? shared : FileManager.default.temporaryDirectory.path
    directory = "\(parent)/imu-registry-\(UUID().uuidString)"
    self.clock = clock
    self.memory = memory
  }

  convenience init(memory: CheckpointMemory? = nil) throws {
    self.init(empty: (), clock: CountingClock(), memory: memory)
    try RegistryStore.create(
      at: directory, model: Self.model,
      policies: [
        (
          PolicyAllowed(name: "small", policy: Self.policy, floor: .warn, goal: .pass),
          Self.policyText
        )
      ], time: CountingClock.time(0), memory: memory)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Another registry of the same bytes.
  func copy() throws -> TemporaryRegistry {
    let other = TemporaryRegistry(
      empty: (), clock: CountingClock(seconds: clock.seconds), memory: nil)
    try FileManager.default.copyItem(atPath: directory, toPath: other.directory)
    return other
  }

  func open() throws -> RegistryStore {
    try RegistryStore(openingAt: directory, memory: memory, patience: .seconds(20))
  }

  /// Commits facts, each with the time of the clock.
  func commit(_ facts: any Fact...) throws {
    try open().commit(at: clock.now()) { batch in
      for fact in facts { try batch.add(fact) }
    }
  }

  /// Commits so many events that the next writer keeps the state.
  func grow(prefix: String = "model") throws {
    try open().commit(at: clock.now()) { batch in
      for number in 0..<RegistryStore.keptEvery {
        try batch.add(ModelAdded(model: "\(prefix)\(number)"))
      }
    }
  }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }

  func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: path(name)) { try manager.removeItem(atPath: path(name)) }
    try Data(bytes).write(to: URL(filePath: path(name)))
    try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// The names in a folder.
  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// What an audit finds that does not verify.
  func failures() throws -> [String] {
    try RegistryAudit.run(on: open()).filter { $0.severity == .failure }.map(\.description)
  }

  /// What an audit finds worth knowing.
  func notes() throws -> [String] {
    try RegistryAudit.run(on: open()).filter { $0.severity == .note }.map(\.description)
  }
}

extension Digest {
  /// A digest to tell things apart by.
  static func of(_ text: String) -> Digest { SHA256.digest(of: Array(text.utf8)) }
}

extension CaseNumber {
  /// The case of that number.
  static func number(_ number: UInt8) -> CaseNumber {
    CaseNumber(bytes: [0, 0, 0, 0, 0, 0, 0, number])
  }
}

extension Recipe {
  static func example(_ method: String = "train") -> Recipe {
    Recipe(
      method: method, choices: [:], constants: ["epochs": 2], seed: 1, environment: .example)
  }
}

extension NumericEnvironment {
  static let example = NumericEnvironment(
    architecture: "x86_64", matrixLibrary: "OpenBLAS 0.3.21", matrixKernel: "Haswell", engine: "1")
}

extension VersionDraft.PartDraft {
  /// A part of a version that nobody trained: its records are of no data set.
  static func example(
    _ name: String = "classifier", _ origin: Origin = .scratch, isKnown: Bool = true,
    holds: [Int] = []
  ) -> VersionDraft.PartDraft {
    VersionDraft.PartDraft(
      PartLineage(name: name, origin: origin, data: TrainingData(isKnown: isKnown, sets: [])),
      holds: RecordSelection(holds))
  }
}

extension RegistryStore {
  /// Commits a version whose weights are a few bytes of its own.
  @discardableResult
  func addExample(
    at time: String, parent: Digest? = nil, parts: [VersionDraft.PartDraft] = [.example()]
  ) throws -> VersionEntry {
    try commit(at: time) { batch in
      let number = batch.state.nextNumber(of: TemporaryRegistry.model)
      return try add(
        VersionDraft(
          model: TemporaryRegistry.model,
          weights: blobs.put(Array("weights \(number)".utf8)),
          configuration: blobs.put(Array("{}".utf8)), parent: parent, recipe: .example(),
          parts: parts),
        to: &batch)
    }
  }
}
