import Foundation
import Records
import Signing
import Testing

@testable import Registry

/// A registry in a directory of its own that goes when the test is done.
final class TemporaryRegistry {
  let directory: String
  static let time = "2026-11-22T10:00:00Z"

  init(isMade: Bool = true) throws {
    // In memory where there is such a folder: the tests sync thousands of times.
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.path
    directory = "\(parent)/imu-registry-\(UUID().uuidString)"
    if isMade { try RegistryStore.create(at: directory, time: Self.time) }
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func open(_ access: RegistryAccess = .writing) throws -> RegistryStore {
    try RegistryStore(openingAt: directory, for: access, patience: 0)
  }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: path(name)) { try manager.removeItem(atPath: path(name)) }
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// The names in a folder.
  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// Runs statements on the ledger behind the registry's back.
  func tamper(_ sql: String) throws {
    let ledger = try SQLiteConnection.open(path("ledger.sqlite"), access: .writing)
    try ledger.script("PRAGMA foreign_keys = OFF")
    try ledger.script(sql)
  }

  /// What an audit finds, as text.
  func audit() throws -> [String] {
    try RegistryAudit.run(on: open()).map(\.description)
  }
}

extension Recipe {
  static let example = Recipe(
    method: "train", choices: [:], constants: ["epochs": 2], seed: 1,
    environment: NumericEnvironment(
      architecture: "x86_64", matrixLibrary: "OpenBLAS 0.3.21", matrixKernel: "Haswell",
      engine: "1"))
}

extension Digest {
  /// A digest to tell things apart by.
  static func of(_ text: String) -> Digest { SHA256.digest(of: text) }
}

extension TrainingData {
  static func records(_ text: String, of manifest: Digest = .of("manifest")) -> TrainingData {
    TrainingData(sets: [
      TrainingSet(
        dataset: "voices", manifest: manifest,
        records: RecordSelection(text: text) ?? RecordSelection([]))
    ])
  }
}

extension Lineage {
  static func example(
    _ number: Int, model: String = "speakers", parent: Digest? = nil, origin: Origin = .scratch,
    extractor: TrainingData = .records("0-9"), classifier: TrainingData = .records("0-9"),
    request: String? = nil
  ) -> Lineage {
    Lineage(
      model: model, number: number, createdAt: TemporaryRegistry.time, parent: parent,
      origin: origin, recipe: .example, extractor: extractor, classifier: classifier,
      request: request)
  }
}

extension RegistryStore {
  /// Commits a version whose weights are its own name.
  @discardableResult
  func commitExample(
    model: String = "speakers", parent: Digest? = nil, request: String? = nil,
    draft: [UInt8]? = nil
  ) throws -> VersionEntry {
    let number = try nextNumber(of: model)
    let lineage = Lineage.example(
      number, model: model, parent: parent, origin: parent == nil ? .scratch : .parent,
      request: request)
    return try commit(
      lineage, weights: blobs.put(Array("weights of \(model)@v\(number)".utf8)),
      configuration: blobs.put(Array("{}".utf8)), draft: draft)
  }

  @discardableResult
  func openExample(_ id: String = "DSR-2026-001") throws -> DeletionRequest {
    let day = try #require(CalendarDate("2026-11-20"))
    return try openRequest(
      id, selector: Selector("pid=1"), receivedOn: day, at: TemporaryRegistry.time)
  }
}

extension TemporaryRegistry {
  /// A registry with a little of everything: what a whole `forget` leaves.
  static func afterForget() throws -> TemporaryRegistry {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.addDataset(DatasetTests.manifest, merkleRoot: .of("root"), at: time)
    let first = try store.commitExample().digest
    try store.moveAlias(.example(to: first))
    try store.openExample()
    try store.changeRequest("DSR-2026-001", to: .approved, by: "Ada", at: time)
    let second = try store.commitExample(
      parent: first, request: "DSR-2026-001", draft: Array("draft".utf8)
    ).digest
    try store.attach("model.sig", Array("signature".utf8), to: second, at: time)
    try store.certify(.example(of: second))
    try store.moveAlias(.example(from: first, to: second))
    return registry
  }

  /// Another registry of the same bytes.
  func copy() throws -> TemporaryRegistry {
    let other = try TemporaryRegistry(isMade: false)
    try FileManager.default.copyItem(atPath: directory, toPath: other.directory)
    return other
  }

  /// Every file, relative to the directory.
  func files() throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
    return try all.filter { try FileStatus(of: path($0))?.isPlainFile == true }
  }
}
