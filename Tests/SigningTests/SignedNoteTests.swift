import Records
import Signing
import Testing

@Suite("Signed notes")
struct SignedNoteTests {
  @Test("a signed note is read back, whichever kind its key is, and for that key only")
  func roundTrip() throws {
    for algorithm in KeyAlgorithm.allCases {
      let key = try PrivateKey.generate(algorithm)
      let other = try PrivateKey.generate(algorithm)
      let note = try SignedNote.signing("a text\n", name: "somebody", with: key)
      let again = try SignedNote(parsing: note.encoded)
      #expect(again == note)
      let verifier = try NoteVerifier(name: "somebody", key: key.publicKey)
      #expect(try again.verify(trusted: [verifier]) == [verifier])
      for stranger in try [
        NoteVerifier(name: "somebody", key: other.publicKey),
        NoteVerifier(name: "else", key: key.publicKey),
      ] {
        #expect(throws: SigningError.note(.noTrustedSignature)) {
          try again.verify(trusted: [stranger])
        }
      }
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
}
