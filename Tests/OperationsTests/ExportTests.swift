import Foundation
import Glibc
import Records
import Testing
import TransparencyLog

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

  @Test("what a killed command left beside a folder is removed by the next, into whatever is empty")
  func killed() throws {
    let place = try Made.trained()
    for isThere in [false, true] {
      let folder = place.path("out\(isThere)")
      if isThere {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false,
          attributes: [.posixPermissions: 0o750])
      }
      try FileManager.default.createDirectory(
        atPath: place.path(".out\(isThere).unfinished-export"), withIntermediateDirectories: false)
      try place.write(".out\(isThere).unfinished-export/model.safetensors", [1])
      _ = try place.work.export("v1", to: folder + "/")
      #expect(try place.files().filter { $0.contains("unfinished") } == [])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["config.json", "model.safetensors", "model.sig"])
      #expect(try FileStatus(of: folder)?.mode == (isThere ? 0o750 : 0o755))
      #expect(failure { _ = try place.work.export("v1", to: folder) }?.kind == .failed)
    }
    #expect(try place.work.exportLog(to: place.path("log")).contains("exported"))
  }

  @Test("beside a command that fills a folder another does not")
  func held() throws {
    let place = try Made.trained()
    try FileManager.default.createDirectory(
      atPath: place.path(".out.unfinished-export"), withIntermediateDirectories: false)
    try place.write(".out.unfinished-export/model.safetensors", [1])
    let number = unsafe open(place.path(".out.unfinished-export"), O_RDONLY)
    defer { close(number) }
    #expect(flock(number, LOCK_EX) == 0)
    let found = failure { _ = try place.work.export("v1", to: place.path("out")) }
    #expect(found?.message.hasPrefix("another command fills") == true)
    #expect(try place.files().contains(".out.unfinished-export/model.safetensors"))
  }

  @Test("a log that there is no room for is no log that does not verify")
  func noRoom() throws {
    let place = try Made.trained()
    let found = failure { _ = try place.work.exportLog(to: "/dev/full/log") }
    #expect(found?.kind == .failed)
    let full = LogError.system(operation: "write", path: "checkpoint", reason: "no room")
    #expect(Failure.explaining(full)?.kind == .failed)
    #expect(Failure.explaining(LogError.proof("wrong"))?.kind == .unverified)
  }
}
