extension Statement {
  /// The statement, signed.
  ///
  /// - Throws: `SigningError.key(.cannotSign)`.
  package func signed(by key: borrowing PrivateKey) throws(SigningError) -> DSSEEnvelope {
    try DSSEEnvelope.signing(payloadType: Self.payloadType, payload: text, with: key)
  }

  /// Reads a signed statement: the signatures first, then the very bytes that were signed.
  ///
  /// - Throws: `SigningError` naming the first thing that does not verify.
  package init(
    verifying envelope: [UInt8], trusted: [PublicKey]
  ) throws(SigningError) {
    let envelope = try DSSEEnvelope(parsing: envelope)
    _ = try envelope.verify(trusted: trusted)
    guard envelope.payloadType == Self.payloadType else {
      throw .document(
        .wrongValue(
          at: "envelope.payloadType", expected: Self.payloadType, found: envelope.payloadType))
    }
    try self.init(parsing: envelope.payload)
  }
}
