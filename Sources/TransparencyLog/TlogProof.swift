package import Records
package import Signing

/// The proof that an entry is in a log: the C2SP format tlog-proof@v1.
package struct TlogProof: Hashable, Sendable {
  package static let header = "c2sp.org/tlog-proof@v1"

  package let index: Int
  /// From the leaf to the root.
  package let hashes: [Digest]
  /// The signed checkpoint.
  package let checkpoint: [UInt8]

  package init(index: Int, hashes: [Digest], checkpoint: [UInt8]) {
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  package var text: [UInt8] {
    let lines = [Self.header, "index \(index)"] + hashes.map { Base64.encode($0.bytes) } + [""]
    return Array(lines.map { "\($0)\n" }.joined().utf8) + checkpoint
  }

  /// Reads a proof; of what it says nothing is checked yet.
  ///
  /// A line of extra data is passed over.
  ///
  /// - Throws: `LogError.proof`.
  package init(parsing text: [UInt8]) throws(LogError) {
    var rest = text[...]
    guard Self.line(&rest) == Self.header else { throw .proof("it is no tlog-proof@v1") }
    var line = Self.line(&rest)
    if let extra = line, extra.hasPrefix("extra ") {
      guard Self.base64(extra.dropFirst(6)) != nil else {
        throw .proof("the proof's extra data is no base64")
      }
      line = Self.line(&rest)
    }
    guard let line, line.hasPrefix("index "), let index = Int(line.dropFirst(6)),
      index >= 0, "index \(index)" == line
    else { throw .proof("the proof says no index") }
    var hashes: [Digest] = []
    while true {
      guard let line = Self.line(&rest), hashes.count <= 63 else {
        throw .proof("the proof's hashes do not end")
      }
      if line.isEmpty { break }
      guard let bytes = Self.base64(line[...]), bytes.count == 32 else {
        throw .proof("the proof has a hash that is none")
      }
      hashes.append(Digest(bytes: bytes))
    }
    self.init(index: index, hashes: hashes, checkpoint: Array(rest))
  }

  /// Takes the next line, without its end.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let feed = rest.firstIndex(of: 0x0A) else { return nil }
    defer { rest = rest[(feed + 1)...] }
    return String(validating: rest[..<feed], as: UTF8.self)
  }

  private static func base64(_ text: Substring) -> [UInt8]? {
    guard let bytes = try? Base64.decode(String(text)), Base64.encode(bytes) == text else {
      return nil
    }
    return bytes
  }

  /// Checks that the entry is under the checkpoint, and the checkpoint signed.
  ///
  /// The entry is what the caller has recomputed, never what came with the proof.
  ///
  /// - Throws: `LogError.proof` saying what does not hold.
  @discardableResult
  package func verify(
    entry: [UInt8], origin: String, trusted: [PublicKey]
  ) throws(LogError) -> Checkpoint {
    do throws(SigningError) {
      let checkpoint = try Checkpoint(
        verifying: checkpoint, origin: origin, trusted: trusted)
      try MerkleTree.verifyInclusion(
        of: MerkleTree.leafHash(entry), at: index, size: checkpoint.size, proof: hashes,
        root: checkpoint.head)
      return checkpoint
    } catch {
      throw .proof("\(error)")
    }
  }
}
