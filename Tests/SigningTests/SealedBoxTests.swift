import Records
import Testing

@testable import Signing

@Suite("Sealed boxes")
struct SealedBoxTests {
  static func bytes(_ hex: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hex)) }

  @Test("test cases 13 and 16 of McGrew and Viega's GCM are ours")
  func published() throws {
    let zero = try #require(SealingKey(bytes: [UInt8](repeating: 0, count: 32)))
    let nothing = SealedBox.seal(
      [], key: zero, context: [], nonce: [UInt8](repeating: 0, count: 12))
    #expect(Hexadecimal.encode(Array(nothing.dropFirst(12))) == "530f8afbc74536b9a963b4f1c4cb738b")

    let half = "feffe9928665731c6d6a8f9467308308"
    let key = try #require(SealingKey(bytes: try Self.bytes(half + half)))
    let plain = try Self.bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    let context = try Self.bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    let box = SealedBox.seal(
      plain, key: key, context: context, nonce: try Self.bytes("cafebabefacedbaddecaf888"))
    #expect(
      Hexadecimal.encode(box)
        == "cafebabefacedbaddecaf888"
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b")
    #expect(try SealedBox.open(box, key: key, context: context) == plain)
  }

  @Test("what is sealed is opened, be it nothing, and no two boxes are the same")
  func roundTrip() throws {
    let key = try #require(SealingKey(bytes: try RandomBytes.make(32)))
    for plain in [[], [7], try RandomBytes.make(1000)] as [[UInt8]] {
      for context in [[], Array("of case 7".utf8)] as [[UInt8]] {
        let box = try SealedBox.seal(plain, key: key, context: context)
        #expect(box.count == plain.count + 28)
        #expect(try SealedBox.open(box, key: key, context: context) == plain)
        #expect(try SealedBox.seal(plain, key: key, context: context) != box)
      }
    }
  }

  @Test("a box with any bit of it, of its key or of its context changed stays shut")
  func mutations() throws {
    let bytes = try RandomBytes.make(32)
    let key = try #require(SealingKey(bytes: bytes))
    let context = Array("case".utf8)
    for plain in [[], Array("who it was".utf8)] as [[UInt8]] {
      let box = try SealedBox.seal(plain, key: key, context: context)
      for changed in Self.flips(of: box) + box.indices.map({ Array(box.prefix($0)) }) {
        #expect(throws: SigningError.sealBroken) {
          try SealedBox.open(changed, key: key, context: context)
        }
      }
      for changed in Self.flips(of: context) + [[], context + [0]] {
        #expect(throws: SigningError.sealBroken) {
          try SealedBox.open(box, key: key, context: changed)
        }
      }
      for changed in Self.flips(of: bytes) {
        let other = try #require(SealingKey(bytes: changed))
        #expect(throws: SigningError.sealBroken) {
          try SealedBox.open(box, key: other, context: context)
        }
      }
    }
  }

  @Test("a key has 32 bytes and does not print itself")
  func keys() throws {
    #expect(SealingKey(bytes: [UInt8](repeating: 1, count: 31)) == nil)
    #expect(SealingKey(bytes: [UInt8](repeating: 1, count: 33)) == nil)
    let key = try #require(SealingKey(bytes: [UInt8](repeating: 1, count: 32)))
    #expect("\(key)" == "a sealing key")
  }

  static func flips(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.flatMap { index in
      (0..<8).map { bit in
        var changed = bytes
        changed[index] ^= 1 << bit
        return changed
      }
    }
  }
}
