import Foundation
import Records
import Signing
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

  var work: Workplace { work() }

  /// Work in this place by its clock, which other work in it goes by as well.
  func work(
    threads: Int = 2, memory: String? = nil, now: (() -> String)? = nil,
    clock: @escaping () -> Duration = { .zero },
    progress: @escaping (Operations.Progress) throws -> Void = { _ in },
    notice: @escaping (String) -> Void = { _ in }
  ) -> Workplace {
    Workplace(
      registryPath: path("Registry"), threads: threads, memoryPath: memory,
      patience: .seconds(20),
      now: now ?? { self.clock.now() }, clock: clock, progress: progress,
      notice: {
        self.notices.append($0)
        notice($0)
      })
  }

  /// Work that tells how far it is.
  func watched(_ progress: @escaping (Operations.Progress) throws -> Void) -> Workplace {
    work(progress: progress)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }

  /// The permissions of a file or folder.
  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
    return try #require(attributes[.posixPermissions] as? Int)
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
    try body(try RegistryStore(openingAt: path("Registry")))
  }

  /// Every event of the log, in its order.
  func events() throws -> [Event] {
    try store { store in
      var events: [Event] = []
      try store.forEachEvent { _, event, _ in if let event { events.append(event) } }
      return events
    }
  }

  /// How many events of a kind there are.
  func count<Kind: Fact>(_ kind: Kind.Type) throws -> Int {
    try events().count { $0.fact is Kind }
  }

  /// The newest certificate of a case.
  func certificate(for request: String = "R-1") throws -> Certificate {
    try store { store in
      let ordinal = try store.request(request).ordinal
      return try store.certificate(
        try #require(store.state.certificates(for: ordinal).last).envelope)
    }
  }

  /// What is kept that was made from records, by somebody who may read it.
  func derived() throws -> [DerivedSummary] { try #require(try work.derived()) }

  func entry(_ version: String) throws -> VersionEntry {
    try store { try $0.version(named: version) }
  }

  /// Commits v1's bytes again, with another recipe or configuration, as no command does.
  func commitAgain(
    configuration: [UInt8]? = nil, _ change: (Recipe) -> Recipe = { $0 }
  ) throws {
    try store { store in
      let old = try store.version(named: "v1")
      let lineage = try store.lineage(of: old)
      let draft = VersionDraft(
        model: old.model, weights: old.weights,
        configuration: try configuration.map { try store.blobs.put($0) } ?? old.configuration,
        parent: nil, recipe: change(lineage.recipe),
        parts: zip(lineage.parts, old.made.parts).map { .init($0, holds: $1.holds) })
      _ = try store.commit(at: clock.now()) { try store.add(draft, to: &$0) }
    }
  }

  /// What an audit says, whether it found something or could not even begin.
  func audit(_ version: String? = nil) -> (isVerified: Bool, text: String) {
    do {
      let outcome = try work.audit(AuditOrder(version: version))
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

  /// Writes a policy file and gives its path; unless it may explore only, the log allows it.
  func policy(
    floor: String = "WARN", goal: String = "PASS",
    ladder: String = #"{"method":"imu","constants":{"epochCount":3}},{"method":"retrain"}"#,
    references: Int = 0, margin: Int = 1_000_000, isAllowed: Bool = true
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
    let digest = SHA256.digest(of: Array(text.utf8))
    if isAllowed, try store({ $0.state.policies[digest] == nil }) {
      _ = try work.allowPolicy(file)
    }
    return file
  }

  func order(
    _ model: String, _ subject: String = "pid=1", _ change: (inout ForgetOrder) -> Void = { _ in }
  ) throws -> ForgetOrder {
    var order = ForgetOrder(model: model, subject: try Selector(canonicalText: subject))
    change(&order)
    if order.policyPath == nil { order.policyPath = try policy() }
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
    try store { try $0.version(named: alias).shortName }
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
