import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

/// A folder with a registry, its reports and its policies that goes when the test is done.
final class Place {
  let folder: String
  private let clock: Clock
  private(set) var notices: [String] = []

  /// In memory where there is such a folder: a registry syncs every file.
  static let parent =
    FileManager.default.isWritableFile(atPath: "/dev/shm")
    ? "/dev/shm" : FileManager.default.temporaryDirectory.path

  private init(empty: Void, seconds: Int = 0) {
    folder = "\(People.folder)/\(UUID().uuidString)"
    clock = Clock(seconds: seconds)
  }

  /// A registry with the data set `people`.
  convenience init() throws {
    self.init(empty: ())
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try work.initialise(model: "speakers")
    _ = try work.addDataset(
      "people", format: "ts", files: People.files("train.ts", "test.ts"), subjectKey: "pid")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Another place with the same files, its clock as far on.
  func copy() throws -> Place {
    let other = Place(empty: (), seconds: clock.seconds)
    try FileManager.default.copyItem(atPath: folder, toPath: other.folder)
    return other
  }

  var work: Workplace { work(threads: 2) }

  func work(threads: Int) -> Workplace {
    Workplace(
      registryPath: path("Registry"), threads: threads, now: { self.clock.now() },
      notice: { self.notices.append($0) })
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: path(name)) { try manager.removeItem(atPath: path(name)) }
    try Data(bytes).write(to: URL(filePath: path(name)))
  }

  /// Every plain file, relative to the folder, sorted.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  /// Does something with the open registry that no command does.
  func store<Result>(_ body: (RegistryStore) throws -> Result) throws -> Result {
    try body(try RegistryStore(openingAt: path("Registry"), for: .writing))
  }

  /// Runs statements on the ledger behind the registry's back.
  func tamper(_ sql: String) throws {
    let ledger = try SQLiteConnection.open(path("Registry/ledger.sqlite"), access: .writing)
    try ledger.script("PRAGMA foreign_keys = OFF")
    try ledger.script(sql)
  }

  /// What an audit says, whether it found something or could not even begin.
  func audit(_ version: String? = nil) -> (isVerified: Bool, text: String) {
    do {
      let outcome = try work.audit(version)
      return (
        outcome.isVerified,
        outcome.findings.filter { !$0.isGood }.map { "\($0.subject): \($0.message)" }
          .joined(separator: "\n")
      )
    } catch {
      return (false, Failure.explaining(error)?.message ?? "unexplained: \(error)")
    }
  }
}

// Orders with settings so small that a test takes no time.
extension Place {
  @discardableResult
  func train(_ change: (inout TrainOrder) -> Void = { _ in }) throws -> VersionSummary {
    var order = TrainOrder(dataset: "people")
    order.architecture = "mlp"
    order.constants = ["epochCount": 12, "batchSize": 8, "learningRatePartsPerBillion": 10_000_000]
    change(&order)
    if order.parent != nil { order.architecture = nil }
    return try work.train(order)
  }

  func request(_ id: String = "R-1", _ subject: String = "pid=1") throws {
    _ = try work.openRequest(
      id, subject: try Selector(canonicalText: subject), receivedOn: CalendarDate("2026-11-20"))
    _ = try work.approveRequest(id, by: "Ada")
  }

  /// Writes a policy file and gives its path.
  func policy(
    floor: String = "WARN", goal: String = "PASS",
    ladder: String = #"{"method":"imu","constants":{"epochCount":3}},{"method":"retrain"}"#,
    references: Int = 0, margin: Int = 1_000_000
  ) throws -> String {
    let text = """
      {"name":"small","title":"Small","floor":"\(floor)","goal":"\(goal)","ladder":[\(ladder)],
      "referenceCount":\(references),"checks":{
      "provenance":{"isMandatory":true,"thresholds":{}},
      "tensor-changes":{"isMandatory":false,"thresholds":{}},
      "utility-test":{"isMandatory":true,"thresholds":{
      "passDropPartsPerMillion":\(margin),"warnDropPartsPerMillion":\(margin),
      "passClassDropPartsPerMillion":1000000,"warnClassDropPartsPerMillion":1000000}},
      "forget-accuracy":{"isMandatory":true,"thresholds":{
      "passExcessPartsPerMillion":1000000,"warnExcessPartsPerMillion":1000000}}}}
      """
    let file = path("policy-\(floor)-\(goal)-\(references)-\(margin).json")
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  func order(
    _ model: String, _ subject: String = "pid=1", _ change: (inout ForgetOrder) -> Void = { _ in }
  ) throws -> ForgetOrder {
    var order = ForgetOrder(model: model, subject: try Selector(canonicalText: subject))
    order.policyPath = try policy()
    change(&order)
    return order
  }

  @discardableResult
  func forget(
    _ model: String, _ subject: String = "pid=1", _ change: (inout ForgetOrder) -> Void = { _ in }
  ) throws -> ForgetOutcome {
    try work.forget(order(model, subject, change))
  }

  func exposure(of version: String, to request: String = "R-1") throws -> Exposure? {
    try work.version(version).summary.exposures[request]
  }

  func aliased(_ alias: String = "production") throws -> String {
    try store { try $0.version(named: alias).lineage.name }
  }
}

/// The failure that the work ends with.
func failure(_ work: () throws -> Void) -> Failure? {
  do {
    try work()
    return nil
  } catch {
    return Failure.explaining(error) ?? Failure("unexplained: \(error)")
  }
}

/// Places that many tests begin from, each made once.
enum Made {
  /// v1 of everybody, alias `production`; R-1 of person 1 approved.
  nonisolated(unsafe) private static let first = Result {
    let place = try Place()
    try place.train { $0.alias = "production" }
    try place.request()
    return place
  }

  /// The whole way: v2 by IMU, WARN; v3 by retraining, PASS.
  nonisolated(unsafe) private static let whole = Result {
    let place = try trained()
    try place.forget("v1")
    try place.forget("v2") { $0.target = .pass }
    return place
  }

  static func trained() throws -> Place { try first.get().copy() }
  static func forgotten() throws -> Place { try whole.get().copy() }
}
