extension SignedNote {
  /// The note as it is stored: the text, an empty line, a line for each signature.
  package var encoded: [UInt8] {
    let lines = signatures.map {
      "\u{2014} \($0.name) \(Base64.encode($0.keyID + $0.bytes))\n"
    }
    return Array((text + "\n" + lines.joined()).utf8)
  }

  /// Reads a note.
  ///
  /// The text ends at the last empty line, so a text may hold empty lines of its own.
  ///
  /// - Throws: `SigningError.note` naming what is malformed.
  package init(parsing bytes: [UInt8]) throws(SigningError) {
    guard bytes.count <= Self.sizeLimit else { throw .note(.tooLarge(limit: Self.sizeLimit)) }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .note(.notUTF8) }
    try Self.check(text: bytes)
    guard
      let end = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A })
    else { throw .note(.noSignature) }
    let lines = bytes[(end + 2)...].split(separator: 0x0A, omittingEmptySubsequences: false)
      .dropLast()
    guard !lines.isEmpty else { throw .note(.noSignature) }
    var signatures: [Signature] = []
    for (number, line) in lines.enumerated() {
      guard let signature = Signature(line: line) else {
        throw .note(.badSignatureLine(number + 1))
      }
      signatures.append(signature)
    }
    self.init(
      text: String(decoding: bytes[...end], as: UTF8.self), signatures: signatures)
  }
}

extension SignedNote.Signature {
  fileprivate init?(line: ArraySlice<UInt8>) {
    let dash = Array("\u{2014} ".utf8)
    guard line.starts(with: dash) else { return nil }
    let parts = line.dropFirst(dash.count)
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 2, NoteVerifier.isName(parts[0]),
      !parts[1].utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }),
      let bytes = try? Base64.decode(parts[1]), bytes.count > 4
    else { return nil }
    self.init(name: parts[0], keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
  }
}
