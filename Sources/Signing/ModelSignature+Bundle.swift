import Records

extension ModelSignature {
  static func predicate(_ files: [ModelFile], ignored: Set<String>) -> JSONValue {
    .object([
      .init(
        "serialization",
        .object([
          .init("method", .string("files")),
          .init("hash_type", .string("sha256")),
          .init("allow_symlinks", .bool(false)),
          .init("ignore_paths", .array(ignored.sorted().map { .string($0) })),
        ])),
      .init(
        "resources",
        .array(
          files.map {
            .object([
              .init("name", .string($0.name)),
              .init("algorithm", .string("sha256")),
              .init("digest", .string($0.digest.hex)),
            ])
          })),
    ])
  }

  static func bundleText(_ envelope: DSSEEnvelope, hint: String) -> [UInt8] {
    JSONValue.object([
      .init("mediaType", .string(mediaType)),
      .init(
        "verificationMaterial",
        .object([
          .init("publicKey", .object([.init("hint", .string(hint))])),
          .init("tlogEntries", .array([])),
        ])),
      .init("dsseEnvelope", envelope.json),
    ]).canonicalText
  }

  /// The envelope of a bundle and the trusted key that it names.
  static func read(
    bundle: [UInt8], trusted: [PublicKey]
  ) throws(SigningError) -> (envelope: DSSEEnvelope, key: PublicKey) {
    let bundle = try Field.document(bundle, what: "bundle")
    try bundle.only(["mediaType", "verificationMaterial", "dsseEnvelope"])
    try bundle.required("mediaType").mustBe(mediaType)
    let envelope = try DSSEEnvelope(bundle.required("dsseEnvelope"))
    let hint = try hint(of: bundle.required("verificationMaterial"))
    guard let key = trusted.first(where: { $0.hint == hint }) else {
      throw .modelSignature(.unknownKey(hint: hint))
    }
    // The format has no other kind of signature.
    guard key.algorithm == .p256 else { throw .key(.notP256) }
    return (envelope, key)
  }

  private static func hint(of material: Field) throws(SigningError) -> String {
    for method in ["certificate", "x509CertificateChain"]
    where try material.optional(method) != nil {
      throw .modelSignature(.certificateMethod)
    }
    try material.only(["publicKey", "tlogEntries", "timestampVerificationData"])
    _ = try material.optional("tlogEntries")?.elements()
    _ = try material.optional("timestampVerificationData")?.members()
    let key = try material.required("publicKey")
    try key.only(["hint"])
    return try key.required("hint").string()
  }
}
