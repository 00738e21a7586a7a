import Glibc
import Records
import Signing
import Testing

@Suite("SHA-256, HMAC and random bytes")
struct SHA256Tests {
  /// NIST FIPS 180-4 examples, and one million times 'a'.
  static let messages: [(text: String, hex: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("digests are those of FIPS 180-4", arguments: messages.indices)
  func digests(_ index: Int) {
    let (text, hex) = Self.messages[index]
    #expect(SHA256.digest(of: text).hex == hex)
    #expect(SHA256.digest(of: Array(text.utf8)).hex == hex)
  }

  @Test("pieces of any length make the same digest")
  func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for step in [1, 3, 63, 64, 65, 999] {
      var hasher = SHA256Hasher()
      hasher.update([])
      for start in stride(from: 0, to: bytes.count, by: step) {
        hasher.update(Array(bytes[start..<min(start + step, bytes.count)]))
      }
      #expect(hasher.finalize() == SHA256.digest(of: bytes))
    }
  }

  @Test("a file is digested as its bytes; a link, a folder, a fifo and nothing are refused")
  func files() throws {
    let directory = try TemporaryDirectory()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try directory.write("file", bytes)
    #expect(try SHA256.digest(ofFile: directory.path("file")) == SHA256.digest(of: bytes))
    let link = directory.path("link")
    #expect(symlink("file", link) == 0)
    #expect(throws: SigningError.file(.symbolicLink(path: link))) {
      try SHA256.digest(ofFile: link)
    }
    let fifo = directory.path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    #expect(throws: SigningError.file(.notRegularFile(path: fifo))) {
      try SHA256.digest(ofFile: fifo)
    }
    #expect(throws: SigningError.file(.notRegularFile(path: directory.path))) {
      try SHA256.digest(ofFile: directory.path)
    }
    let absent = directory.path("absent")
    #expect(throws: SigningError.file(.cannotOpen(path: absent, errno: ENOENT))) {
      try SHA256.digest(ofFile: absent)
    }
  }

  /// RFC 4231, test cases 1, 2, 3, 4, 6 and 7: key, message, code.
  static let codes: [(key: [UInt8], message: [UInt8], hex: String)] = [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), [UInt8](repeating: 0xCD, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    ([], [], "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
  ]

  @Test("codes are those of RFC 4231, and of an empty key", arguments: codes.indices)
  func authenticationCodes(_ index: Int) {
    let (key, message, hex) = Self.codes[index]
    #expect(HMACSHA256.code(key: key, message: message).hex == hex)
  }

  @Test("random bytes have the length asked for and do not repeat")
  func random() throws {
    #expect(try RandomBytes.make(0) == [])
    let draws = try (0..<50).map { _ in try RandomBytes.make(32) }
    #expect(draws.allSatisfy { $0.count == 32 })
    #expect(Set(draws).count == 50)
  }
}
