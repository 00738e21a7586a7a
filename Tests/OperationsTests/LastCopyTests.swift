import Foundation
import Records
import Registry
import Signing
import Testing

@testable import Operations

/// What a repair meets where bytes that the log names are away, and lie elsewhere.
@Suite("The last copy of something")
struct LastCopyTests {
  private func certified() throws -> Place {
    let place = try Made.trained()
    try place.forget("v1")
    return place
  }

  private func move(_ from: String, to target: String, in place: Place) throws {
    try FileManager.default.moveItem(atPath: place.path(from), toPath: place.path(target))
  }

  @Test("a certificate's blob that is away is put back from its attestation")
  func attestation() throws {
    let place = try certified()
    let envelope = try place.store { try #require($0.state.certificates.first).envelope }
    for bytes in [nil, [UInt8]("changed".utf8)] {
      let blob = "Registry/blobs/sha256/\(envelope.hex)"
      try FileManager.default.removeItem(atPath: place.path(blob))
      if let bytes { try place.write(blob, bytes) }
      #expect(!place.audit().isVerified)
      #expect(
        try place.work.repair().done.contains {
          $0.hasPrefix("put blobs/sha256/\(envelope.hex) back")
        })
      #expect(place.audit() == (true, ""))
    }
  }

  @Test("a blob under another name is put back under its own")
  func renamed() throws {
    let place = try certified()
    let weights = try place.store { try #require($0.state.versions.first).weights.hex }
    let blobs = "Registry/blobs/sha256"
    try move("\(blobs)/\(weights)", to: "\(blobs)/\(weights).bak", in: place)
    #expect(
      try place.work.repair().done.contains { $0.hasPrefix("put blobs/sha256/\(weights) back") })
    #expect(try !place.files().contains("\(blobs)/\(weights).bak"))
    #expect(place.audit() == (true, ""))
  }

  @Test("a folder of sealed parts under another name stays, and is said to belong elsewhere")
  func sealedFolder() throws {
    let place = try certified()
    let number = try place.store { try #require($0.state.cases.first).number }
    let own = "Registry/sealed/case-\(number)"
    try move(own, to: "Registry/sealed/case-0000000000000000", in: place)
    let found = failure { _ = try place.work.repair() }
    #expect(found?.message.contains("put it back to 'sealed/case-\(number)/") == true)
    try move("Registry/sealed/case-0000000000000000", to: own, in: place)
    #expect(place.audit() == (true, ""))
  }

  @Test("a sealed part in another scope's folder stays")
  func sealedPart() throws {
    let place = try certified()
    let opening = try place.store { try #require($0.state.datasets.first).opening.hex }
    let own = "Registry/sealed/dataset-people/\(opening)"
    try move(own, to: "Registry/sealed/lineage/\(opening)", in: place)
    #expect(failure { _ = try place.work.repair() } != nil)
    try move("Registry/sealed/lineage/\(opening)", to: own, in: place)
    #expect(place.audit() == (true, ""))
  }

  @Test("a request whose sealed part is away is not said to be unknown")
  func hidden() throws {
    let place = try certified()
    let number = try place.store { try #require($0.state.cases.first).number }
    try move("Registry/sealed/case-\(number)", to: "away", in: place)
    for act: () throws -> Void in [
      { _ = try place.work.request("R-1") },
      { _ = try place.work.approveRequest("R-1", by: "Ada") },
    ] {
      let found = failure(act)
      #expect(found?.kind == .unverified && found?.message.contains("case-\(number)") == true)
    }
  }
}
