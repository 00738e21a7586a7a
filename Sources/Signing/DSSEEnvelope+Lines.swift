extension DSSEEnvelope {
  /// The bytes of an `.intoto.jsonl` file: each envelope's one text and a line end.
  package static func lines(_ envelopes: [DSSEEnvelope]) -> [UInt8] {
    envelopes.flatMap { $0.text + [0x0A] }
  }

  /// Reads an `.intoto.jsonl` file that this program wrote.
  ///
  /// Every line must be the one text of its envelope, so that no byte can be changed unseen, not
  /// even one that leaves the meaning alone.
  ///
  /// - Throws: `SigningError.envelope(.notCanonical)` or `.noEnvelope`, `SigningError.document`.
  package static func parse(lines bytes: [UInt8]) throws(SigningError) -> [DSSEEnvelope] {
    guard bytes.count <= sizeLimit else {
      throw .document(.tooLarge(what: "file of envelopes", limit: sizeLimit))
    }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard !bytes.isEmpty else { throw .envelope(.noEnvelope) }
    guard lines.last?.isEmpty == true else { throw .envelope(.notCanonical(line: lines.count)) }
    var envelopes: [DSSEEnvelope] = []
    for (index, line) in lines.dropLast().enumerated() {
      let envelope = try DSSEEnvelope(parsing: Array(line))
      guard envelope.text.elementsEqual(line) else {
        throw .envelope(.notCanonical(line: index + 1))
      }
      envelopes.append(envelope)
    }
    return envelopes
  }
}
