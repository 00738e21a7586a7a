import Records
import Testing

@Suite struct DigestTests {
  private static let hex = String(repeating: "0123456789abcdef", count: 4)

  @Test("Bytes and lower-case digits are the same thing")
  func hexadecimal() {
    #expect(Hexadecimal.encode([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
    #expect(Hexadecimal.decode("000fa5ff") == [0x00, 0x0F, 0xA5, 0xFF])
    #expect(Hexadecimal.encode([]).isEmpty)
    #expect(Hexadecimal.decode("") == [])
    for byte in UInt8.min...UInt8.max {
      #expect(Hexadecimal.decode(Hexadecimal.encode([byte])) == [byte])
    }
  }

  @Test(
    "Anything else is no hexadecimal text",
    arguments: ["0", "0G", "AB", "0x00", " 00", "00 ", "é", "--", "+1", "１２"])
  func notHexadecimal(text: String) {
    #expect(Hexadecimal.decode(text) == nil)
  }

  @Test("A digest is 64 lower-case digits")
  func digest() throws {
    let digest = try #require(Digest(hex: Self.hex))
    #expect(digest.bytes.count == 32)
    #expect(digest.hex == Self.hex)
    #expect(digest.short == "0123456789ab")
    #expect(digest.description == "sha256:" + Self.hex)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(hex: Self.hex.dropLast()) == nil)
    #expect(Digest(hex: Self.hex + "0") == nil)
    #expect(Digest(hex: Self.hex.uppercased()) == nil)
    #expect(Digest(hex: Self.hex.dropLast() + "g") == nil)
  }

  @Test("Digests are ordered by their bytes")
  func order() {
    let digests = [[0, 1], [0, 255], [1, 0], [255, 255]].map {
      Digest(bytes: $0.map { UInt8($0) } + [UInt8](repeating: 7, count: 30))
    }
    #expect(digests.reversed().sorted() == digests)
    #expect(digests.map(\.hex).sorted() == digests.map(\.hex))
  }

  @Test(
    "Only its one text form is decoded",
    arguments: [
      hex, "sha256:", "SHA256:" + hex, "sha512:" + hex, "sha256:" + hex + "0", "sha256: " + hex,
      "sha256:\u{301}" + hex,
    ])
  func decoding(text: String) {
    #expect(throws: CanonicalTextError.self) {
      try CanonicalText.decode([Digest].self, from: Array("[\"\(text)\"]".utf8), what: "x")
    }
  }
}
