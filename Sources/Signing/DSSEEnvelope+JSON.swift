package import Records

extension DSSEEnvelope {
  /// The envelope as a JSON value; its canonical text is what is stored.
  package var json: JSONValue {
    .object([
      .init("payload", .string(Base64.encode(payload))),
      .init("payloadType", .string(payloadType)),
      .init(
        "signatures",
        .array(
          signatures.map {
            .object([
              .init("keyid", .string($0.keyID)), .init("sig", .string(Base64.encode($0.bytes))),
            ])
          })),
    ])
  }

  /// The one text of this envelope: compact JSON, sorted names, standard base64, no line end.
  package var text: [UInt8] { json.canonicalText }

  /// Reads an envelope.
  ///
  /// Names that do not belong, duplicate names, base64 that is not canonical, and more than 16 MiB
  /// are refused; white space around JSON values and the order of names are free.
  ///
  /// - Throws: `SigningError.document` naming the place.
  package init(parsing bytes: [UInt8]) throws(SigningError) {
    try self.init(Field.document(bytes, what: "envelope"))
  }

  init(_ field: Field) throws(SigningError) {
    try field.only(["payload", "payloadType", "signatures"])
    var signatures: [Signature] = []
    for element in try field.required("signatures").elements() {
      signatures.append(try Signature(element))
    }
    self.init(
      payloadType: try field.required("payloadType").string(),
      payload: try field.required("payload").bytes(),
      signatures: signatures)
  }
}

extension DSSEEnvelope.Signature {
  init(_ field: Field) throws(SigningError) {
    try field.only(["keyid", "sig"])
    let keyID = try field.optional("keyid")
    self.init(
      bytes: try field.required("sig").bytes(),
      keyID: try keyID.map { (id) throws(SigningError) in
        id.value == .null ? "" : try id.string()
      } ?? "")
  }
}
