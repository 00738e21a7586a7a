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
    let store = try registry.open()
    let blobs = store.blobs
    let digest = try blobs.put(Array("abc".utf8))
    #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try blobs.read(digest) == Array("abc".utf8))
    #expect(try blobs.size(of: digest) == 3)
    #expect(try FileStatus(of: blobs.path(of: digest))?.mode == 0o444)
    #expect(try blobs.put(Array("abc".utf8)) == digest)
    #expect(try blobs.read(blobs.put([])) == [])
    #expect(try registry.names("work/staging").count == 1)
  }

  @Test("any changed, added or missing byte is found and the file named")
  func corruption() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let blobs = store.blobs
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

  @Test("one that has grown is refused before it is read, and so is what is no file")
  func grown() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let version = try store.addExample(at: registry.clock.now())
    let made = version.made
    for digest in [version.digest, made.lineage, made.weights, made.configuration, made.signature] {
      let name = "blobs/sha256/\(digest.hex)"
      let bytes = try registry.read(name)
      #expect(unsafe chmod(registry.path(name), 0o644) == 0)
      #expect(unsafe truncate(registry.path(name), 1 << 36) == 0)
      #expect(throws: RegistryError.self) { try store.blobs.read(digest) }
      #expect(try registry.failures().contains { $0.contains("'\(name)'") }, "\(name)")
      try registry.remove(name)
      #expect(unsafe mkfifo(registry.path(name), 0o600) == 0)
      #expect(throws: RegistryError.self) { try store.blobs.read(digest) }
      #expect(throws: RegistryError.self) { try store.blobs.put(bytes) }
      #expect(throws: RegistryError.self) { try store.blobs.put(file: registry.path(name)) }
      try registry.write(name, bytes, mode: 0o444)
    }
    #expect(try registry.failures() == [])
  }

  @Test("files and parts of many sizes are streamed", arguments: [0, 1, 1 << 20, (2 << 20) + 17])
  func streaming(count: Int) throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let blobs = store.blobs
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let digest = SHA256.digest(of: bytes)
    try registry.write("work/source", bytes)
    #expect(try blobs.put(file: registry.path("work/source")) == digest)
    var staged = try blobs.stage()
    for start in stride(from: 0, to: count, by: 700_001) {
      try staged.write(Array(bytes[start..<min(count, start + 700_001)]))
    }
    #expect(try blobs.commit(staged) == digest)
    try blobs.copy(digest, to: registry.path("work/copy"))
    #expect(try registry.read("work/copy") == bytes)
    #expect(throws: RegistryError.self) {
      try blobs.copy(digest, to: registry.path("work/copy"))
    }
  }

  @Test("a staged file that is given up leaves nothing")
  func givenUp() throws {
    let registry = try TemporaryRegistry()
    let before = try registry.names("blobs/sha256")
    do {
      let store = try registry.open()
      var staged = try store.blobs.stage()
      try staged.write([1, 2, 3])
    }
    #expect(try registry.names("work/staging") == [])
    #expect(try registry.names("blobs/sha256") == before)
  }

  @Test("a file that is missing, a folder or holds a NUL is an error that names it")
  func badSource() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let blobs = store.blobs
    for path in ["/nowhere/at/all", registry.directory, "/tmp/a\0b"] {
      #expect(throws: RegistryError.self) { try blobs.put(file: path) }
    }
  }
}
