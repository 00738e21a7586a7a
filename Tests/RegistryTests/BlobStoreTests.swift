import Foundation
import Records
import Signing
import Testing

@testable import Registry

@Suite("Blobs")
struct BlobStoreTests {
  @Test("bytes come back under their SHA-256, read-only")
  func roundTrip() throws {
    let registry = try TemporaryRegistry()
    let blobs = try registry.open().blobs
    let digest = try blobs.put(Array("abc".utf8))
    #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try blobs.read(digest) == Array("abc".utf8))
    #expect(try blobs.size(of: digest) == 3)
    #expect(try FileStatus(of: blobs.path(of: digest))?.mode == 0o444)
    #expect(try blobs.put(Array("abc".utf8)) == digest)
    #expect(try blobs.read(blobs.put([])) == [])
    #expect(try registry.names("staging") == [])
  }

  @Test("any changed, added or missing byte is found and the file named")
  func corruption() throws {
    let registry = try TemporaryRegistry()
    let blobs = try registry.open().blobs
    let bytes = Array("forget me not".utf8)
    let digest = try blobs.put(bytes)
    let name = "blobs/sha256/\(digest.hex)"
    let damaged =
      bytes.indices.flatMap { index in
        (0..<8).map { bit in
          var other = bytes
          other[index] ^= 1 << bit
          return other
        }
      } + [bytes + [0], Array(bytes.dropLast()), []]
    for other in damaged {
      try registry.write(name, other)
      for act in [{ _ = try blobs.read(digest) }, { try blobs.verify(digest) }] {
        let error = #expect(throws: RegistryError.self) { try act() }
        #expect(error?.isCorruption == true)
        #expect(error?.description.contains(name) == true)
      }
      // Storing the right bytes again must not hide that the file is damaged.
      #expect(throws: RegistryError.self) { try blobs.put(bytes) }
      #expect(try registry.read(name) == other)
    }
    try registry.remove(name)
    #expect(throws: RegistryError.corrupted(file: name, reason: "it is missing")) {
      try blobs.read(digest)
    }
  }

  @Test("files and parts of many sizes are streamed", arguments: [0, 1, 1 << 20, (2 << 20) + 17])
  func streaming(count: Int) throws {
    let registry = try TemporaryRegistry()
    let blobs = try registry.open().blobs
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let digest = SHA256.digest(of: bytes)
    try registry.write("staging/source", bytes)
    #expect(try blobs.put(file: registry.path("staging/source")) == digest)
    var staged = try blobs.stage()
    for start in stride(from: 0, to: count, by: 700_001) {
      try staged.write(Array(bytes[start..<min(count, start + 700_001)]))
    }
    #expect(try blobs.commit(staged) == digest)
    try blobs.copy(digest, to: registry.path("staging/copy"))
    #expect(try registry.read("staging/copy") == bytes)
    #expect(throws: RegistryError.self) {
      try blobs.copy(digest, to: registry.path("staging/copy"))
    }
  }

  @Test("a staged file that is given up leaves nothing")
  func givenUp() throws {
    let registry = try TemporaryRegistry()
    let blobs = try registry.open().blobs
    do {
      var staged = try blobs.stage()
      try staged.write([1, 2, 3])
    }
    #expect(try registry.names("staging") == [])
    #expect(try registry.names("blobs/sha256") == [])
  }

  @Test("a file that is missing, a folder or holds a NUL is an error that names it")
  func badSource() throws {
    let registry = try TemporaryRegistry()
    let blobs = try registry.open().blobs
    for path in ["/nowhere/at/all", registry.directory, "/tmp/a\0b"] {
      #expect(throws: RegistryError.self) { try blobs.put(file: path) }
    }
  }
}
