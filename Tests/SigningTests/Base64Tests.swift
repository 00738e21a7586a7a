import Signing
import Testing

@Suite("Base64")
struct Base64Tests {
  /// RFC 4648 section 10.
  static let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]
  static let codes = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]

  @Test("codes are those of RFC 4648", arguments: zip(texts, codes))
  func roundTrip(_ text: String, _ code: String) throws {
    #expect(Base64.encode(Array(text.utf8)) == code)
    #expect(try Base64.decode(code) == Array(text.utf8))
  }

  @Test("every byte comes back, in either alphabet")
  func bytes() throws {
    let bytes = (0...255).map { UInt8($0) }
    for length in 0...256 {
      let code = Base64.encode(Array(bytes.suffix(length)))
      #expect(try Base64.decode(code) == Array(bytes.suffix(length)))
      let urlSafe = String(code.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
      #expect(try Base64.decode(urlSafe) == Array(bytes.suffix(length)))
    }
  }

  @Test(
    "what is not canonical is refused, and why",
    arguments: [
      ("Zg", Base64Flaw.wrongLength(2)), ("Zg=", .wrongLength(3)), ("Zm9v\n", .wrongLength(5)),
      ("Zm9\n", .strayCharacter(offset: 3)), ("Z===", .strayCharacter(offset: 1)),
      ("====", .strayCharacter(offset: 0)), ("Zh==", .strayBits), ("Zm9=", .strayBits),
      ("Zg==Zg==", .strayCharacter(offset: 2)), ("+_==", .strayBits), ("+-AA", .mixedAlphabets),
      ("Zm9é", .wrongLength(5)),
    ])
  func refusals(_ text: String, _ flaw: Base64Flaw) {
    #expect(throws: flaw) { try Base64.decode(text) }
  }
}
