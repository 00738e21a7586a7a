import Foundation
import Testing

@testable import Operations

@Suite("Drafts of what is handed out")
struct DraftFolderTests {
  /// A folder that goes when the body is done.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "\(Place.parent)/imu-draft-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("where a folder stays, all comes up into it or nothing does, and no draft is left")
  func pouredOut() throws {
    try withFolder { folder in
      let manager = FileManager.default
      for isTaken in [false, true] {
        let draft = try DraftFolder(for: "out", in: folder)
        for name in ["a", "b", "c"] {
          try manager.createDirectory(
            atPath: "\(draft.path)/\(name)", withIntermediateDirectories: false)
        }
        if isTaken { try Data([1]).write(to: URL(filePath: "\(folder)/b")) }
        if isTaken {
          #expect(throws: SystemRefusal.self) { try draft.pourOut() }
        } else {
          try draft.pourOut()
        }
        draft.remove()
        #expect(try names(folder) == (isTaken ? ["b"] : ["a", "b", "c"]))
        for name in try names(folder) { try manager.removeItem(atPath: "\(folder)/\(name)") }
      }
    }
  }

  @Test("a draft is for its keeper's eyes, and gets the mode of a new folder with its place")
  func mode() throws {
    try withFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(atPath: "\(folder)/new", withIntermediateDirectories: false)
      let draft = try DraftFolder(for: "out", in: folder)
      func mode(_ path: String) throws -> Int? {
        try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(try mode(draft.path) == 0o700)
      try draft.sync()
      #expect(try draft.takePlace(of: "out"))
      #expect(try mode("\(folder)/out") == mode("\(folder)/new"))
      #expect(try names(folder) == ["new", "out"])
    }
  }

  @Test("a draft's name fits and is known again, and no other name is taken for one")
  func name() {
    for own in ["out", "é", String(repeating: "漢", count: 85), "a.imu-registry-"] {
      let name = DraftName.random(for: own)
      #expect(name.utf8.count <= 255 && DraftName.isOne(name, for: own))
      #expect(!DraftName.isOne(name, for: "other"))
      #expect(!DraftName.isOne(String(name.dropLast()), for: own))
      #expect(!DraftName.isOne(name.replacingOccurrences(of: "y-", with: "y-0"), for: own))
    }
    #expect(!DraftName.isOne(".out.imu-registry-0123456789abcdeF.partial", for: "out"))
    #expect(!DraftName.isOne(".out.partial", for: "out"))
  }
}
