import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Where commands that read write to")
struct OutputPathTests {
  /// Every way to say a place in the registry: plainly, by a detour, through links, one of which leads to
  /// what is not there yet.
  private func inside(_ place: Place) throws -> [String] {
    let manager = FileManager.default
    let registry = place.path("Registry")
    for (name, target) in [
      ("whole", registry), ("part", "Registry/log"), ("new", "\(registry)/fresh"),
      ("twice", "part"),
    ] {
      try manager.createSymbolicLink(atPath: place.path(name), withDestinationPath: target)
    }
    return [
      "\(registry)/log/tail", "\(registry)/fresh/deep", place.path("Policies/../Registry/x"),
      registry,
      "\(registry)/", place.path("whole/x"), place.path("part/tail"), place.path("twice/x"),
      place.path("new"), place.path("new/x"),
    ]
  }

  private func acts(_ place: Place, _ work: Workplace) throws -> [(String, (String) throws -> Void)]
  {
    let key = try place.writeWitnessKey()
    var order = EvaluateOrder(version: "v1", dataset: "people")
    return [
      ("export", { _ = try work.export("v1", to: $0) }),
      ("log export", { _ = try work.exportLog(to: $0) }),
      ("log prove", { _ = try work.prove(event: 1, to: $0) }),
      ("key export", { try work.exportPublicKey(of: .publisher, to: $0) }),
      (
        "log witness",
        { _ = try work.witness(WitnessOrder(keyPath: key, name: "w", statePath: $0)) }
      ),
      (
        "evaluate --logits",
        {
          order.logitsPath = $0
          _ = try work.evaluate(order)
          order.logitsPath = nil
        }
      ),
      (
        "evaluate --features",
        {
          order.featuresPath = $0
          _ = try work.evaluate(order)
        }
      ),
    ]
  }

  @Test("a path inside the registry is refused, however it is said, before anything is computed")
  func refused() throws {
    let place = try Made.trained()
    var isComputing = false
    let work = place.watched { _ in isComputing = true }
    let paths = try inside(place)
    let acts = try acts(place, work)
    let before = try place.files()
    for path in paths {
      for (name, act) in acts {
        let found = failure { try act(path) }
        #expect(found?.message.contains("lies in the registry") == true, "\(name) \(path)")
        #expect(found?.message.contains("'\(path)'") == true, "\(name) \(path)")
      }
    }
    #expect(try place.files() == before)
    #expect(!isComputing)
    #expect(place.audit() == (true, ""))
  }

  @Test("a registry that is itself reached by a link is the same one")
  func linkedRegistry() throws {
    let place = try Made.trained()
    try FileManager.default.createSymbolicLink(
      atPath: place.path("reached"), withDestinationPath: "Registry")
    let work = Workplace(registryPath: place.path("reached"), threads: 1)
    let found = failure { try work.exportPublicKey(of: .log, to: place.path("Registry/key")) }
    #expect(found?.message.contains("lies in the registry") == true)
  }

  @Test("a path beside the registry whose name begins as the registry's is none inside of it")
  func beside() throws {
    let place = try Made.trained()
    try place.work.exportPublicKey(of: .log, to: place.path("Registry-key.pem"))
    #expect(try place.files().contains("Registry-key.pem"))
  }

  @Test("a key is written over no other file, and again over itself")
  func takenName() throws {
    let place = try Made.trained()
    let path = place.path("key.pem")
    try place.work.exportPublicKey(of: .log, to: path)
    let bytes = try place.read("key.pem")
    try place.work.exportPublicKey(of: .log, to: path)
    let taken = failure { try place.work.exportPublicKey(of: .engine, to: path) }
    #expect(taken?.message.contains("is there already and is not this key") == true)
    #expect(try place.read("key.pem") == bytes)
  }

  @Test("a folder of reports that leads into the registry is refused, and blocks no forget")
  func reports() throws {
    let place = try Made.trained()
    try FileManager.default.createSymbolicLink(
      atPath: place.path("Reports"), withDestinationPath: "Registry/work")
    let outcome = try place.forget("v1")
    #expect(outcome.state == .mitigated && outcome.reportPath == nil)
    #expect(place.notices.contains { $0.contains("lies in the registry") })
    #expect(try !place.files().contains { $0.hasPrefix("Registry/work/R-1") })
  }

  @Test(
    "logits and features are written over nothing, whatever it is",
    arguments: ["file", "link", "pipe"])
  func occupied(kind: String) throws {
    let place = try Made.trained()
    try place.write("precious", [7])
    let path = place.path("there")
    switch kind {
    case "file": try place.write("there", [7])
    case "link": #expect(unsafe symlink(place.path("precious"), path) == 0)
    default: #expect(unsafe mkfifo(path, 0o600) == 0)
    }
    for isFeatures in [false, true] {
      var order = EvaluateOrder(version: "v1", dataset: "people")
      if isFeatures { order.featuresPath = path } else { order.logitsPath = path }
      #expect(
        failure { _ = try place.work.evaluate(order) }?.message == "'\(path)' is there already")
    }
    #expect(try place.read("precious") == [7])
  }

  @Test("logits are not written through a link that waits under their unfinished name")
  func unfinished() throws {
    let place = try Made.trained()
    try place.write("victim", [1, 2, 3])
    try FileManager.default.createSymbolicLink(
      atPath: place.path("l.partial"), withDestinationPath: "victim")
    var order = EvaluateOrder(version: "v1", dataset: "people")
    order.logitsPath = place.path("l")
    _ = try place.work.evaluate(order)
    #expect(try place.read("victim") == [1, 2, 3])
    #expect(try place.read("l").count > 3)
  }
}
