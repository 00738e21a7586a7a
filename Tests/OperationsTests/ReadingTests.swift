import Foundation
import Glibc
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Reading writes nothing")
struct ReadingTests {
  /// What all reading commands answer, a text each.
  private func answers(_ work: Workplace, into folder: String) throws -> [String: String] {
    func text(_ value: some Encodable) -> String {
      String(decoding: CanonicalText.encode(value), as: UTF8.self)
    }
    var answers = [
      "audit": text(try work.audit(AuditOrder())),
      "audit v2": text(try work.audit(AuditOrder(version: "v2"))),
      "verify v2": text(try work.verify("v2", reExecute: false)),
      "verify v3": text(try work.verify("v3", reExecute: true)),
      "list": text(try work.versions()), "lineage": text(try work.lineage(of: "v3")),
      "diff": text(try work.difference("v1", "v3")), "requests": text(try work.requests()),
      "request": text(try work.request("R-1")), "datasets": text(try work.datasets()),
      "dataset": text(try work.dataset("people")), "keys": text(try work.keys()),
      "derived": text(try work.derived()), "policies": text(try work.policies()),
      "plan": text(try work.forget(plan)),
    ]
    for version in ["v1", "v2", "v3", "production"] {
      answers["show \(version)"] = text(try work.version(version))
    }
    _ = try work.export("v2", to: folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      answers["export \(name)"] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
        .base64EncodedString()
    }
    return answers
  }

  private var plan: ForgetOrder {
    get throws {
      var order = ForgetOrder(model: "v1", subject: try Selector("pid=1"))
      (order.isDryRun, order.target) = (true, .pass)
      return order
    }
  }

  /// Names, kinds, permissions, sizes and times of everything below a folder.
  private func tree(_ folder: String) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return try ([""] + names).sorted().map { name in
      var status = stat()
      try #require(lstat("\(folder)/\(name)", &status) == 0)
      return "\(name) \(status.st_mode) \(status.st_size) \(status.st_mtim.tv_sec)."
        + "\(status.st_mtim.tv_nsec) \(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
    }
  }

  private func protect(_ place: Place) throws {
    let folder = place.path("Registry")
    let files = try place.files().filter { $0.hasPrefix("Registry/") }
    for file in files where file.hasPrefix("Registry/keys/") && !file.hasSuffix(".pub.pem") {
      try FileManager.default.removeItem(atPath: place.path(file))
    }
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let isFolder = try place.kind("Registry/\(name)") == .typeDirectory
      // Personal files are nobody else's on a medium that is only read either.
      let isPersonal = name.hasPrefix("sealed") || name.hasPrefix("work")
      try FileManager.default.setAttributes(
        [.posixPermissions: isPersonal ? (isFolder ? 0o500 : 0o600) : isFolder ? 0o555 : 0o444],
        ofItemAtPath: "\(folder)/\(name)")
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
  }

  /// A registry with features and a training that was broken off.
  private func place() throws -> Place {
    struct Stop: Error {}
    let place = try Made.forgotten()
    var order = EvaluateOrder(version: "v3", dataset: "people")
    order.split = .training
    _ = try place.work.evaluate(order)
    let stopping = place.watched { if $0.activity == "training", $0.done >= 9 { throw Stop() } }
    var training = TrainOrder(dataset: "people")
    training.architecture = "mlp"
    training.constants = ["epochCount": 6, "batchSize": 8]
    #expect(throws: Stop.self) { try stopping.train(training) }
    #expect(try place.derived().count >= 2)
    return place
  }

  @Test("on a medium that is only read and without private keys: the same answers, nothing changed")
  func readOnly() throws {
    let place = try place()
    let before = try answers(place.work, into: place.path("out-1"))
    try protect(place)
    let tree = try tree(place.path("Registry"))
    let after = try answers(place.work, into: place.path("out-2"))
    #expect(before.count == after.count && before.count >= 20)
    for (name, answer) in before { #expect(after[name] == answer, "\(name)") }
    #expect(try self.tree(place.path("Registry")) == tree)
    // A report that exists is written again outside of the registry.
    let report = try place.read("Reports/R-1/v2/report.md")
    try FileManager.default.removeItem(atPath: place.path("Reports"))
    _ = try place.work.report("v2")
    #expect(try place.read("Reports/R-1/v2/report.md") == report)
    #expect(try self.tree(place.path("Registry")) == tree)
    try thaw(place)
  }

  /// So that the test's own folder can be removed.
  private func thaw(_ place: Place) throws {
    let folder = place.path("Registry")
    for name in try [""] + FileManager.default.subpathsOfDirectory(atPath: folder)
    where try place.kind("Registry/\(name)") == .typeDirectory {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
    }
  }

  @Test("without the sealed parts, as another user has it, what the log says can still be read")
  func unsealed() throws {
    let place = try place()
    let number = try place.work.request("R-1").number
    for name in ["sealed", "work", "log/checkpoint", "index.json"] {
      try FileManager.default.removeItem(atPath: place.path("Registry/\(name)"))
    }
    let tree = try tree(place.path("Registry"))
    let work = place.work
    #expect(
      try work.versions().map(\.exposures["case \(number)"]) == [.exposed, .mitigated, .clear])
    #expect(try work.version("production").summary.name == "speakers@v3")
    #expect(try work.lineage(of: "v3").count == 3 && work.keys().count == 7)
    #expect(try work.requests().map(\.id) == [number.text])
    #expect(try work.request(number.text).subject == "sealed")
    // What a data set holds is sealed; that there is one, and how many records it has, is not.
    let dataset = try work.dataset("people")
    #expect(dataset.contents == nil && dataset.records == 39)
    #expect(try work.derived() == [])
    #expect(try work.verify("v2", reExecute: false).isVerified)
    _ = try work.export("v1", to: place.path("out"))
    #expect(try self.tree(place.path("Registry")) == tree)
  }

  @Test("what list and show say of exposure is what the log comes to")
  func exposures() throws {
    let place = try Made.forgotten()
    try place.request("R-2", "pid=2")
    try place.train { $0.parent = "v1" }
    let summaries = try place.work.versions()
    try place.store { store in
      for version in store.versions() {
        let summary = try #require(summaries.first { $0.name == version.name })
        let shown = try place.work.version(version.name).summary
        for request in try store.requests() {
          let exposure = store.state.exposure(of: version.ordinal, to: request.ordinal)
          #expect(summary.exposures[request.id] == exposure)
          #expect(shown.exposures[request.id] == exposure)
        }
        #expect(summary.aliases == store.aliases(at: version))
      }
    }
    #expect(summaries.map(\.exposures["R-1"]) == [.exposed, .mitigated, .clear, .exposed])
  }
}

extension Place {
  fileprivate func kind(_ name: String) throws -> FileAttributeType? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.type] as? FileAttributeType
  }
}
