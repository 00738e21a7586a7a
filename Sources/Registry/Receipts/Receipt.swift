package import Records
import Signing

/// The engine's word for a file that is kept between commands: what it is a function of, and its bytes.
///
/// Without a receipt that verifies a file is not read; it is made again.
package struct Receipt: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable {
    /// What an extractor makes of records.
    case features
    /// What a training that was broken off had come to.
    case training
  }

  package let kind: Kind
  /// The digest of all that the bytes are a function of, beside the records.
  package let key: Digest
  /// The case it was made for; nil when for none.
  package let number: CaseNumber?
  /// The version whose weights it goes on from; nil when there is none.
  package let parent: Digest?
  /// The records it was made from, by the text of their data set's root.
  package let records: [String: RecordSelection]
  package let environment: NumericEnvironment
  /// RFC 3339, UTC.
  package let keptAt: String
  /// Of the bytes that follow the receipt.
  package let bytes: Digest
  /// How many they are; nil in receipts that were written before it was said.
  package let size: Int?
}

/// A kept file: a receipt in canonical text, the engine's signature of that line, and the bytes.
struct ReceiptedFile {
  let receipt: Receipt
  /// Where the bytes begin.
  let start: Int

  /// Said before the receipt where it is signed, so that no other signature stands for this one.
  private static let purpose = Array("imu-registry receipt 2\n".utf8)
  private static let newline = UInt8(ascii: "\n")
  private static let headLimit = 4 << 20

  /// The two lines in front of the bytes.
  static func head(
    _ receipt: Receipt, key: borrowing PrivateKey
  ) throws(SigningError) -> [UInt8] {
    let text = CanonicalText.encode(receipt)
    let signature = Base64.encode(try key.signature(for: purpose + text))
    return text + [newline] + Array(signature.utf8) + [newline]
  }

  /// Reads the receipt of an open file and checks its signature; of the bytes nothing is said yet.
  ///
  /// - Throws: `RegistryError.corrupted` saying what does not fit.
  init(
    of file: borrowing FileDescriptor, named name: String, key: PublicKey?
  ) throws(RegistryError) {
    var head: [UInt8] = []
    var ends: [Int] = []
    while ends.count < 2 {
      let part = try file.read(upTo: 1 << 14, at: head.count)
      guard !part.isEmpty, head.count < Self.headLimit else {
        throw .corrupted(file: name, reason: "it has no receipt")
      }
      for (offset, byte) in part.enumerated() where byte == Self.newline && ends.count < 2 {
        ends.append(head.count + offset)
      }
      head += part
    }
    let text = Array(head[..<ends[0]])
    let signature = String(decoding: head[(ends[0] + 1)..<ends[1]], as: UTF8.self)
    guard let key, let signature = try? Base64.decode(signature),
      key.isValid(signature: signature, for: Self.purpose + text)
    else { throw .corrupted(file: name, reason: "its receipt is not signed by this registry") }
    do throws(CanonicalTextError) {
      receipt = try CanonicalText.decode(Receipt.self, from: text, what: name)
    } catch {
      throw .corrupted(file: name, reason: error.reason)
    }
    start = ends[1] + 1
  }

  /// How many bytes lie behind the receipt.
  ///
  /// - Throws: `RegistryError.corrupted` for more or fewer than were kept, before any is hashed.
  func size(of file: borrowing FileDescriptor, named name: String) throws(RegistryError) -> Int {
    let found = try file.status().size - start
    if let size = receipt.size, found != size {
      throw .corrupted(
        file: name, reason: "it has \(found) bytes behind its receipt, which says \(size)")
    }
    guard receipt.size != nil || found <= DurableFiles.sizeLimit else {
      throw .tooLong(name, found, DurableFiles.sizeLimit)
    }
    return found
  }

  /// Hashes the bytes and holds them against the receipt, a megabyte at a time.
  func check(_ file: borrowing FileDescriptor, named name: String) throws(RegistryError) {
    let end = start + (try size(of: file, named: name))
    var hasher = SHA256Hasher()
    var offset = start
    while offset < end {
      let part = try file.read(upTo: min(1 << 20, end - offset), at: offset)
      if part.isEmpty { break }
      hasher.update(part)
      offset += part.count
    }
    try check(hasher.finalize(), named: name)
  }

  /// Holds the digest of the bytes against the receipt.
  func check(_ digest: Digest, named name: String) throws(RegistryError) {
    guard digest == receipt.bytes else {
      throw .corrupted(file: name, reason: "its bytes are not those of its receipt")
    }
  }
}

extension Receipt {
  /// The records by data set.
  ///
  /// - Returns: nil when a name is no digest.
  package var recordsByRoot: [Digest: RecordSelection]? {
    var records: [Digest: RecordSelection] = [:]
    for (text, selection) in self.records {
      guard text.hasPrefix("sha256:"), let root = Digest(hex: text.dropFirst(7)) else { return nil }
      records[root] = selection
    }
    return records
  }
}
