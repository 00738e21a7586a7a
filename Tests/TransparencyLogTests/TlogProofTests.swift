import Records
import Signing
import Testing
import TransparencyLog

@Suite("Proofs of entries")
struct TlogProofTests {
  @Test("the vector is read, verifies for its entry alone, and is written as it was")
  func vector() throws {
    let text = try Vectors.bytes("p7.tlog-proof")
    let entry = try Vectors.bytes("leaf7")
    let key = try Vectors.key()
    let proof = try TlogProof(parsing: text)
    #expect(proof.index == 7 && proof.hashes.count == 4 && proof.text == text)
    let checkpoint = try proof.verify(entry: entry, origin: Vectors.origin, trusted: [key])
    #expect(checkpoint.size == 13)
    #expect(throws: LogError.self) {
      try proof.verify(entry: entry + [0], origin: Vectors.origin, trusted: [key])
    }
    #expect(throws: LogError.self) {
      try proof.verify(entry: entry, origin: "another", trusted: [key])
    }
    let other = try PrivateKey.generate(.ed25519).publicKey
    #expect(throws: LogError.self) {
      try proof.verify(entry: entry, origin: Vectors.origin, trusted: [other])
    }
  }

  @Test("no byte of the vector can be another")
  func mutations() throws {
    let text = try Vectors.bytes("p7.tlog-proof")
    let entry = try Vectors.bytes("leaf7")
    let key = try Vectors.key()
    for changed in TransparencyLogTests.mutations(of: text) + [text + [0x0A], text + [0x20]] {
      #expect(throws: (any Error).self) {
        try TlogProof(parsing: changed).verify(
          entry: entry, origin: Vectors.origin, trusted: [key])
      }
    }
  }

  @Test("our own proofs verify, with extra data or without")
  func own() throws {
    let log = try SampleLog()
    let texts = (0..<9).map { "event \($0)" }
    let note = try log.append(texts)
    let leaves = texts.map { MerkleTree.leafHash(Array($0.utf8)) }
    for index in texts.indices {
      let proof = TlogProof(
        index: index, hashes: try MerkleTree.inclusionProof(of: index, in: leaves),
        checkpoint: note)
      #expect(try TlogProof(parsing: proof.text) == proof)
      let text = String(decoding: proof.text, as: UTF8.self)
      let extra = text.replacing("\nindex", with: "\nextra YWJj\nindex")
      #expect(try TlogProof(parsing: Array(extra.utf8)) == proof)
      for other in texts.indices {
        let isProved =
          (try? proof.verify(
            entry: Array(texts[other].utf8), origin: SampleLog.origin, trusted: log.trusted))
          != nil
        #expect(isProved == (other == index))
      }
    }
  }

  @Test(
    "texts that are no proof are refused",
    arguments: [
      "", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2\nindex 0\n\n",
      "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 00\n\n",
      "c2sp.org/tlog-proof@v1\nindex -1\n\n", "c2sp.org/tlog-proof@v1\nindex +1\n\n",
      "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n",
      "c2sp.org/tlog-proof@v1\nextra YQ==\nextra YQ==\nindex 1\n\n",
      "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n", "c2sp.org/tlog-proof@v1\nindex 1\n",
      "c2sp.org/tlog-proof@v1\r\nindex 1\r\n\r\n",
      "c2sp.org/tlog-proof@v1\nindex 1\n"
        + String(
          repeating: "L1zcJP931xR5jVumc10Ua1pkj4KZu4f3PwdyK8ZUnTE=\n", count: 65) + "\n",
    ])
  func refusals(_ text: String) {
    #expect(throws: LogError.self) { try TlogProof(parsing: Array(text.utf8)) }
  }
}
