package import Records
package import Signing

/// How far a log has grown: the text of the note that its keeper signs.
package struct Checkpoint: Hashable, Sendable {
  /// The name of the log.
  package let origin: String
  /// How many entries it has.
  package let size: Int
  /// The head of the hash chain, or the root of the Merkle tree.
  package let head: Digest

  package init(origin: String, size: Int, head: Digest) {
    precondition(size >= 0, "a log has no negative size")
    self.origin = origin
    self.size = size
    self.head = head
  }

  /// Three lines: `origin`, `size`, base64 of the head.
  package var text: String { "\(origin)\n\(size)\n\(Base64.encode(head.bytes))\n" }

  /// Reads the three lines; extension lines are refused.
  ///
  /// - Throws: `SigningError.note(.badCheckpoint)`.
  package init(parsing text: String) throws(SigningError) {
    let lines = text.fields(separatedBy: "\n")
    guard lines.count == 4, lines[3].isEmpty else {
      throw .note(.badCheckpoint("it has not three lines"))
    }
    guard !lines[0].isEmpty else { throw .note(.badCheckpoint("its origin is empty")) }
    guard let size = Int(lines[1]), size >= 0, String(size) == lines[1] else {
      throw .note(.badCheckpoint("'\(lines[1])' is no size"))
    }
    guard let head = try? Base64.decode(lines[2]), head.count == 32,
      Base64.encode(head) == lines[2]
    else { throw .note(.badCheckpoint("'\(lines[2])' is no head")) }
    self.init(origin: lines[0], size: size, head: Digest(bytes: head))
  }

  /// The checkpoint as a signed note.
  ///
  /// - Throws: `SigningError.note` when the origin cannot stand in a note.
  package func signed(by key: borrowing PrivateKey) throws(SigningError) -> [UInt8] {
    try SignedNote.signing(text, name: origin, with: key).encoded
  }

  /// Reads a signed checkpoint of the log of that name.
  ///
  /// - Throws: `SigningError.note` naming the first thing that does not verify.
  package init(
    verifying note: [UInt8], origin: String, trusted: [PublicKey]
  ) throws(SigningError) {
    let note = try SignedNote(parsing: note)
    var verifiers: [NoteVerifier] = []
    for key in trusted { verifiers.append(try NoteVerifier(name: origin, key: key)) }
    _ = try note.verify(trusted: verifiers)
    try self.init(parsing: note.text)
    guard self.origin == origin else {
      throw .note(.badCheckpoint("its origin is '\(self.origin)' and not '\(origin)'"))
    }
  }
}
