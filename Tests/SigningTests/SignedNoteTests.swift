import Records
import Signing
import Testing

@Suite("Signed notes and checkpoints")
struct SignedNoteTests {
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
    "malformed notes are refused, and why",
    arguments: [
      ("", NoteFlaw.noTextEnd), ("text\n", .noSignature), ("text\n\n", .noSignature),
      ("text\r\n\n— a AAAAAAA=\n", .controlCharacter(offset: 4)),
      ("text\n\n- a AAAAAAA=\n", .badSignatureLine(1)),
      ("text\n\n— a AAAAAA==\n", .badSignatureLine(1)),
      ("text\n\n— a  AAAAAAA=\n", .badSignatureLine(1)),
      ("text\n\n— a+b AAAAAAA=\n", .badSignatureLine(1)),
      ("text\n\n— a AAAAAAA\n", .badSignatureLine(1)),
      ("text\n\n— a AAAAAAA=\nmore\n", .badSignatureLine(2)),
      ("text\n\n— a AAAAAAA=", .noTextEnd),
    ])
  func refusals(_ text: String, _ flaw: NoteFlaw) {
    #expect(throws: SigningError.note(flaw)) { try SignedNote(parsing: Array(text.utf8)) }
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

  @Test("the example of the specification verifies with its Ed25519 key")
  func example() throws {
    let verifier = try NoteVerifier(
      verifierKey: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    let text = """
      This is an example message.

      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmR\
      KuwHjG1Yu72IneyaQM=

      """
    let note = try SignedNote(parsing: Array(text.utf8))
    #expect(try note.verify(trusted: [verifier]) == [verifier])
    let changed = try SignedNote(parsing: Array("X\(text.dropFirst())".utf8))
    #expect(throws: SigningError.note(.badSignature(name: "example.com/foo"))) {
      try changed.verify(trusted: [verifier])
    }
    let misnamed = "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    #expect(throws: SigningError.note(.badVerifierKey(misnamed))) {
      try NoteVerifier(verifierKey: misnamed)
    }
  }

  @Test("a public log's checkpoint verifies with its ECDSA key", .enabled(if: Vectors.arePresent))
  func publicLog() throws {
    let key = try PublicKey(pem: Vectors.bytes("c2sp/rekor_pub.pem"))
    let note = try SignedNote(parsing: Vectors.bytes("c2sp/rekor_checkpoint.txt"))
    let verifier = try NoteVerifier(name: "rekor.sigstore.dev", key: key)
    #expect(try note.verify(trusted: [verifier]) == [verifier])
    let checkpoint = try Checkpoint(parsing: note.text)
    #expect(checkpoint.size == 476_246_825)
  }

  @Test(
    "our log's vectors: two checkpoints, consistent; a leaf, in", .enabled(if: Vectors.arePresent))
  func logVectors() throws {
    func lines(_ name: String) throws -> [String] {
      String(decoding: try Vectors.bytes(name), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let vkey = try #require(try lines("c2sp/vkey").first)
    let verifier = try NoteVerifier(verifierKey: vkey)
    func checkpoint(_ note: [UInt8]) throws -> Checkpoint {
      let note = try SignedNote(parsing: note)
      #expect(try note.verify(trusted: [verifier]) == [verifier])
      return try Checkpoint(parsing: note.text)
    }
    func digests(_ lines: some Sequence<String>) throws -> [Digest] {
      try lines.map { Digest(bytes: try Base64.decode($0)) }
    }
    let old = try checkpoint(Vectors.bytes("c2sp/own_cp5"))
    let new = try checkpoint(Vectors.bytes("c2sp/own_cp13"))
    try MerkleTree.verifyConsistency(
      oldSize: old.size, oldRoot: old.head, newSize: new.size, newRoot: new.head,
      proof: digests(lines("c2sp/own_cons_5_13").filter { !$0.isEmpty }))
    let proof = try lines("c2sp/p7.tlog-proof")
    #expect(proof[1] == "index 7")
    try MerkleTree.verifyInclusion(
      of: MerkleTree.leafHash(try Vectors.bytes("c2sp/leaf7")), at: 7, size: new.size,
      proof: digests(proof[2..<6]), root: new.head)
  }
}
