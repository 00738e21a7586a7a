import Records

extension ModelSignature {
  /// Checks a bundle against a directory's files and the keys one trusts.
  ///
  /// Stricter than the reference program: the hint is required, every signature that claims the key
  /// must verify, names are canonical and unique, and only well-known names may be ignored.
  ///
  /// - Parameters:
  ///   - bundle: The bytes of the bundle file.
  ///   - files: Every file found, as `ModelDirectory.files` lists them.
  ///   - trusted: The keys one of which must have signed.
  ///   - subject: The name the model must be signed under; nil accepts any.
  ///   - bundleName: The bundle's own name, which the signature may leave out.
  ///   - mustBeCanonical: Whether a bundle that says the same in other bytes is refused, as for
  ///     bundles that this program wrote itself.
  /// - Returns: What was signed.
  /// - Throws: `SigningError` with a case of its own for every check that refuses.
  package static func verify(
    bundle: [UInt8], files: [ModelFile], trusted: [PublicKey], subject: String? = nil,
    bundleName: String = bundleName, mustBeCanonical: Bool = false
  ) throws(SigningError) -> ModelSignature {
    let (envelope, key) = try read(bundle: bundle, trusted: trusted)
    _ = try envelope.verify(trusted: [key])
    guard envelope.payloadType == Statement.payloadType else {
      throw .document(
        .wrongValue(
          at: "bundle.dsseEnvelope.payloadType", expected: Statement.payloadType,
          found: envelope.payloadType))
    }
    if mustBeCanonical, bundleText(envelope, hint: key.hint) != bundle {
      throw .modelSignature(.notCanonical)
    }
    let (signature, ignored) = try parse(payload: envelope.payload)
    if let subject, !signature.subject.utf8.elementsEqual(subject.utf8) {
      throw .modelSignature(.wrongSubject(expected: subject, found: signature.subject))
    }
    try checkIgnored(ignored, bundleName: bundleName, in: files)
    let names = ignored.union(ignoredPaths(bundleName: bundleName))
    try compare(signed: signature.files, found: files.filter { !isIgnored($0.name, by: names) })
    return signature
  }

  /// Reads the statement that was signed; its root must be that of its files in their order.
  static func parse(
    payload: [UInt8]
  ) throws(SigningError) -> (signature: ModelSignature, ignored: Set<String>) {
    let field = try Field.document(payload, what: "statement")
    try field.only(["_type", "subject", "predicateType", "predicate"])
    try field.required("predicateType").mustBe(predicateType)
    let statement = try Statement(field)
    guard statement.subjects.count == 1, let subject = statement.subjects.first else {
      throw .modelSignature(.severalSubjects(statement.subjects.count))
    }
    let predicate = try field.required("predicate")
    try predicate.only(["serialization", "resources"])
    let ignored = try ignoredPaths(in: predicate.required("serialization"))
    let files = try files(in: predicate.required("resources"))
    let root = rootAsListed(files)
    guard subject.digest == root else {
      throw .modelSignature(.wrongRoot(signed: subject.digest, computed: root))
    }
    return (ModelSignature(subject: subject.name, files: files), ignored)
  }

  private static func ignoredPaths(in field: Field) throws(SigningError) -> Set<String> {
    try field.only(["method", "hash_type", "allow_symlinks", "ignore_paths"])
    try field.required("method").mustBe("files")
    try field.required("hash_type").mustBe("sha256")
    let links = try field.required("allow_symlinks")
    guard let isAllowed = links.value.bool else {
      throw .document(.notOfType(at: links.path, expected: "true or false"))
    }
    guard !isAllowed else { throw .modelSignature(.symlinksAllowed) }
    var paths: Set<String> = []
    for element in try field.optional("ignore_paths")?.elements() ?? [] {
      paths.insert(try element.string())
    }
    return paths
  }

  private static func files(in field: Field) throws(SigningError) -> [ModelFile] {
    var files: [ModelFile] = []
    for element in try field.elements() {
      try element.only(["name", "algorithm", "digest"])
      try element.required("algorithm").mustBe("sha256")
      files.append(
        ModelFile(
          name: try element.required("name").string(),
          digest: try element.required("digest").digest()))
    }
    try checkNames(files)
    return files
  }

  private static func compare(
    signed: [ModelFile], found: [ModelFile]
  ) throws(SigningError) {
    if !found.isEmpty { try checkNames(found) }
    var rest: [[UInt8]: Digest] = [:]
    for file in found { rest[Array(file.name.utf8)] = file.digest }
    for file in signed {
      guard let digest = rest.removeValue(forKey: Array(file.name.utf8)) else {
        throw .modelSignature(.missingFile(file.name))
      }
      guard digest == file.digest else { throw .modelSignature(.changedFile(file.name)) }
    }
    if let name = rest.keys.min(by: { $0.lexicographicallyPrecedes($1) }) {
      throw .modelSignature(.extraFile(String(decoding: name, as: UTF8.self)))
    }
  }
}
