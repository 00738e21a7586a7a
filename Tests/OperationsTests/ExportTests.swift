import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("What is exported")
struct ExportTests {
  @Test("a version with a damaged file is exported in no part")
  func damaged() throws {
    let whole = try Made.trained()
    let entry = try whole.entry("v1")
    for digest in [entry.weights, entry.configuration, entry.made.signature, entry.digest] {
      for isThere in [false, true] {
        let place = try whole.copy()
        let file = "Registry/blobs/sha256/\(digest.hex)"
        var bytes = try place.read(file)
        bytes[bytes.count / 2] ^= 1
        try place.put(file, bytes, mode: 0o444)
        let folder = place.path("out")
        if isThere {
          try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        }
        let found = failure { _ = try place.work.export("v1", to: folder) }
        #expect(found?.kind == .unverified && found?.message.contains(digest.hex) == true)
        #expect(FileManager.default.fileExists(atPath: folder) == isThere)
        if isThere {
          #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
      }
    }
  }

  @Test("a log that cannot be exported whole leaves nothing behind")
  func log() throws {
    let place = try Made.trained()
    let size = try place.read("Registry/log/tail").count
    // Its first event damaged: opening the registry reads from the end on.
    var bytes = try place.read("Registry/log/tail")
    #expect(size > 400)
    bytes[200] ^= 1
    try place.put("Registry/log/tail", bytes, mode: 0o644)
    #expect(failure { _ = try place.work.exportLog(to: place.path("out")) } != nil)
    #expect(!FileManager.default.fileExists(atPath: place.path("out")))
  }

  @Test("what killed exports left beside goes with the next, and a living one's stays")
  func afterKilledOnes() throws {
    let place = try Made.trained()
    let manager = FileManager.default
    let (dead, living) = (
      ".out.imu-registry-0123456789abcdef.partial", ".out.imu-registry-fedcba9876543210.partial"
    )
    let others = [".out.partial", ".outer.imu-registry-0123456789abcdef.partial"]
    for name in [dead, living] + others {
      try manager.createDirectory(
        atPath: place.path(name), withIntermediateDirectories: false)
      try place.write("\(name)/config.json.1.partial", [1])
    }
    let held = open(place.path(living), O_RDONLY | O_DIRECTORY)
    defer { close(held) }
    try #require(flock(held, LOCK_EX) == 0)
    _ = try place.work.export("v1", to: place.path("out"))
    #expect(try manager.contentsOfDirectory(atPath: place.path("out")).count == 3)
    #expect(!manager.fileExists(atPath: place.path(dead)))
    for name in [living] + others { #expect(manager.fileExists(atPath: place.path(name))) }
  }

  @Test("an empty folder is filled whatever it is called by, and keeps its mode")
  func emptyFolder() throws {
    let place = try Made.trained()
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: place.path("link"), withDestinationPath: "led")
    for (path, name) in [
      ("out/", "out"), ("other/./", "other"), ("link", "led"), ("link2", "led2"),
    ] {
      if name == "led2" {
        try manager.createSymbolicLink(atPath: place.path("link2"), withDestinationPath: "led2")
      } else {
        try manager.createDirectory(
          atPath: place.path(name), withIntermediateDirectories: false,
          attributes: [.posixPermissions: 0o2750])
      }
      _ = try place.work.exportLog(to: place.path(path))
      #expect(
        try manager.contentsOfDirectory(atPath: place.path(name)).sorted() == [
          "checkpoint", "tile",
        ])
      if name != "led2" { #expect(try place.mode(name) == 0o2750) }
      let again = failure { _ = try place.work.exportLog(to: place.path(path)) }
      #expect(again?.message == "'\(place.path(path))' is not an empty folder")
    }
    #expect(try manager.contentsOfDirectory(atPath: place.folder).allSatisfy { !$0.hasPrefix(".") })
  }

  @Test(
    "where nothing can be written it is failed, with the system's reason and the folder that was named"
  )
  func unwritable() throws {
    let place = try Made.trained()
    try place.write("file", [1])
    let folder = place.path("file/out")
    let exports: [() throws -> Void] = [
      { _ = try place.work.export("v1", to: folder) }, { _ = try place.work.exportLog(to: folder) },
    ]
    for export in exports {
      let found = failure(export)
      #expect(found?.kind == .failed)
      #expect(found?.message == "cannot make folder '\(folder)': Not a directory")
    }
    var order = EvaluateOrder(version: "v1", dataset: "people")
    order.logitsPath = place.path("file/l")
    let logits = failure { _ = try place.work.evaluate(order) }
    #expect(logits?.message == "cannot write '\(place.path("file/l"))': Not a directory")
    let key = failure { try place.work.exportPublicKey(of: .log, to: place.path("file/key.pem")) }
    #expect(key?.message == "cannot write '\(place.path("file/key.pem"))': Not a directory")
  }
}
