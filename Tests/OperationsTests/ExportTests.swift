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
}
