package import Records

/// What is said about artefacts: an in-toto Statement v1.
package struct Statement: Hashable, Sendable {
  package static let type = "https://in-toto.io/Statement/v1"
  package static let payloadType = "application/vnd.in-toto+json"

  /// An artefact, known by its digest alone; the name is for people.
  package struct Subject: Hashable, Sendable {
    package let name: String
    package let digest: Digest

    package init(name: String, digest: Digest) {
      self.name = name
      self.digest = digest
    }
  }

  package let subjects: [Subject]
  package let predicateType: String
  package let predicate: JSONValue

  package init(subjects: [Subject], predicateType: String, predicate: JSONValue) {
    self.subjects = subjects
    self.predicateType = predicateType
    self.predicate = predicate
  }

  /// Says a record of `Records`, by its canonical text.
  ///
  /// - Throws: `SigningError.document` when that text is not strict JSON.
  package init(
    subjects: [Subject], predicateType: String, encoding predicate: some Encodable
  ) throws(SigningError) {
    let text = CanonicalText.encode(predicate)
    self.init(
      subjects: subjects, predicateType: predicateType,
      predicate: try Field.document(text, what: "predicate").value)
  }

  /// The predicate as a record.
  ///
  /// - Throws: `CanonicalTextError` when it is another.
  package func predicate<Value: Decodable>(
    as type: Value.Type
  ) throws(CanonicalTextError) -> Value {
    try CanonicalText.decode(type, from: predicate.canonicalText, what: "the predicate")
  }

  /// The canonical text, which is what is signed.
  package var text: [UInt8] {
    JSONValue.object([
      .init("_type", .string(Self.type)),
      .init(
        "subject",
        .array(
          subjects.map {
            .object([
              .init("name", .string($0.name)),
              .init("digest", .object([.init("sha256", .string($0.digest.hex))])),
            ])
          })),
      .init("predicateType", .string(predicateType)),
      .init("predicate", predicate),
    ]).canonicalText
  }

  /// Reads a statement, passing over names it does not know, as in-toto asks.
  ///
  /// - Throws: `SigningError.document` naming what is missing or of another type.
  package init(parsing bytes: [UInt8]) throws(SigningError) {
    try self.init(Field.document(bytes, what: "statement"))
  }

  init(_ field: Field) throws(SigningError) {
    try field.required("_type").mustBe(Self.type)
    var subjects: [Subject] = []
    for element in try field.required("subject").elements() {
      subjects.append(
        Subject(
          name: try element.required("name").string(),
          digest: try element.required("digest").required("sha256").digest()))
    }
    let predicate = try field.required("predicate")
    _ = try predicate.members()
    self.init(
      subjects: subjects, predicateType: try field.required("predicateType").string(),
      predicate: predicate.value)
  }
}
