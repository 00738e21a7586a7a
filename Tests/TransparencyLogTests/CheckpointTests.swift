import Records
import Signing
import Testing
import TransparencyLog

@Suite("Checkpoints")
struct CheckpointTests {
  let checkpoint = Checkpoint(
    origin: "imu-registry.example/log", size: 7, head: SHA256.digest(of: "abc"))

  @Test("a signed checkpoint is read back for its origin and its key only")
  func roundTrip() throws {
    let key = try PrivateKey.generate()
    let note = try checkpoint.signed(by: key)
    #expect(try SignedNote(parsing: note).encoded == note)
    #expect(
      try Checkpoint(verifying: note, origin: checkpoint.origin, trusted: [key.publicKey])
        == checkpoint)
    let other = try PrivateKey.generate()
    #expect(throws: SigningError.note(.noTrustedSignature)) {
      try Checkpoint(verifying: note, origin: checkpoint.origin, trusted: [other.publicKey])
    }
    #expect(throws: SigningError.note(.noTrustedSignature)) {
      try Checkpoint(verifying: note, origin: "another", trusted: [key.publicKey])
    }
  }

  @Test("a changed byte of a note is refused or changes nothing that is said")
  func changes() throws {
    let key = try PrivateKey.generate()
    for note in mutations(of: try checkpoint.signed(by: key)) {
      let read = try? Checkpoint(
        verifying: note, origin: checkpoint.origin, trusted: [key.publicKey])
      #expect(read == nil || read == checkpoint)
    }
  }

  @Test(
    "texts that are no checkpoint are refused",
    arguments: [
      "", "a\n1\n", "\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n",
      "a\n01\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n",
      "a\n-1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n", "a\n1\nAAAA\n",
      "a\n1\nungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=\n",
      "a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\nmore\n",
      "a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\u{301}more\n",
    ])
  func badCheckpoints(_ text: String) {
    #expect(throws: SigningError.self) { try Checkpoint(parsing: text) }
  }

  @Test("a public log's checkpoint verifies with its ECDSA key")
  func publicLog() throws {
    let key = try PublicKey(pem: Vectors.bytes("rekor_pub.pem"))
    let note = try SignedNote(parsing: Vectors.bytes("rekor_checkpoint.txt"))
    let verifier = try NoteVerifier(name: "rekor.sigstore.dev", key: key)
    #expect(try note.verify(trusted: [verifier]) == [verifier])
    let checkpoint = try Checkpoint(parsing: note.text)
    #expect(checkpoint.size == 476_246_825)
  }

  @Test("our log's vectors: two checkpoints, consistent; a leaf, in")
  func logVectors() throws {
    let vkey = try #require(try Vectors.lines("vkey").first)
    let verifier = try NoteVerifier(verifierKey: vkey)
    func checkpoint(_ note: [UInt8]) throws -> Checkpoint {
      let note = try SignedNote(parsing: note)
      #expect(try note.verify(trusted: [verifier]) == [verifier])
      return try Checkpoint(parsing: note.text)
    }
    func digests(_ lines: some Sequence<String>) throws -> [Digest] {
      try lines.map { Digest(bytes: try Base64.decode($0)) }
    }
    let old = try checkpoint(Vectors.bytes("own_cp5"))
    let new = try checkpoint(Vectors.bytes("own_cp13"))
    try MerkleTree.verifyConsistency(
      oldSize: old.size, oldRoot: old.head, newSize: new.size, newRoot: new.head,
      proof: digests(Vectors.lines("own_cons_5_13").filter { !$0.isEmpty }))
    let proof = try Vectors.lines("p7.tlog-proof")
    #expect(proof[1] == "index 7")
    try MerkleTree.verifyInclusion(
      of: MerkleTree.leafHash(try Vectors.bytes("leaf7")), at: 7, size: new.size,
      proof: digests(proof[2..<6]), root: new.head)
  }
}
