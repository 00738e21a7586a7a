package import Records

/// What an OpenSSF model signature v1.0 says: these files, together, are that model.
package struct ModelSignature: Sendable, Equatable {
  package static let predicateType = "https://model_signing/signature/v1.0"
  package static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
  /// The conventional name of the bundle beside the model's files.
  package static let bundleName = "model.sig"

  /// The names every model signature leaves out, and the bundle itself.
  package static func ignoredPaths(bundleName: String = bundleName) -> Set<String> {
    [".git", ".gitattributes", ".github", ".gitignore", bundleName]
  }

  /// The model's name, such as `speakers@v4`.
  package let subject: String
  /// In the order in which they were signed.
  package let files: [ModelFile]

  /// The root of the files in the order of the specification: by name, by code point.
  ///
  /// `SHA-256(digest₁ || digest₂ || …)`: names are not in it, so it identifies no version alone.
  package static func root(of files: [ModelFile]) -> Digest {
    rootAsListed(files.sorted(by: ModelFile.precedes))
  }

  static func rootAsListed(_ files: [ModelFile]) -> Digest {
    var hasher = SHA256Hasher()
    for file in files { hasher.update(file.digest.bytes) }
    return hasher.finalize()
  }

  /// Signs a model and gives the bytes of its bundle file.
  ///
  /// - Parameters:
  ///   - files: Every file of the model's directory but the ignored ones, in any order.
  ///   - subject: The model's name.
  ///   - key: The signer.
  ///   - bundleName: The bundle's name when it lies inside the directory.
  /// - Returns: The text of the bundle, compact JSON.
  /// - Throws: `SigningError.modelSignature` when there is no file, a name is not canonical, is
  ///   listed twice or would be ignored; `SigningError.key(.notP256)` or `.cannotSign`.
  package static func bundle(
    of files: [ModelFile], subject: String, with key: borrowing PrivateKey,
    bundleName: String = bundleName
  ) throws(SigningError) -> [UInt8] {
    guard key.publicKey.algorithm == .p256 else { throw .key(.notP256) }
    let files = files.sorted(by: ModelFile.precedes)
    let ignored = ignoredPaths(bundleName: bundleName)
    try checkIgnored(ignored, bundleName: bundleName, in: [])
    try checkNames(files)
    for file in files where isIgnored(file.name, by: ignored) {
      throw .modelSignature(.ignoredPathNotAllowed(file.name))
    }
    let statement = Statement(
      subjects: [.init(name: subject, digest: rootAsListed(files))],
      predicateType: predicateType, predicate: predicate(files, ignored: ignored))
    let envelope = try DSSEEnvelope.signing(
      payloadType: Statement.payloadType, payload: statement.text, with: key, keyID: "")
    return bundleText(envelope, hint: key.publicKey.hint)
  }

  /// Names are there, canonical and unique.
  static func checkNames(_ files: [ModelFile]) throws(SigningError) {
    guard !files.isEmpty else { throw .modelSignature(.noFiles) }
    var names: Set<[UInt8]> = []
    for file in files {
      guard ModelFile.isCanonical(file.name) else {
        throw .modelSignature(.nameNotCanonical(file.name))
      }
      guard names.insert(Array(file.name.utf8)).inserted else {
        throw .modelSignature(.duplicateName(file.name))
      }
    }
  }

  /// Whether a name, or a directory it lies in, is one of the paths.
  static func isIgnored(_ name: String, by paths: Set<String>) -> Bool {
    paths.contains { path in
      name.utf8.elementsEqual(path.utf8) || name.utf8.starts(with: "\(path)/".utf8)
    }
  }

  /// Nothing may be ignored but the well-known names, and no weights at all.
  static func checkIgnored(
    _ paths: Set<String>, bundleName: String, in files: [ModelFile]
  ) throws(SigningError) {
    let allowed = ignoredPaths(bundleName: bundleName)
    for path in paths.sorted() {
      guard allowed.contains(path), ModelFile.isCanonical(path) else {
        throw .modelSignature(.ignoredPathNotAllowed(path))
      }
      guard !isWeights(path) else { throw .modelSignature(.ignoredWeightFile(path)) }
    }
    for file in files where isWeights(file.name) && isIgnored(file.name, by: paths) {
      throw .modelSignature(.ignoredWeightFile(file.name))
    }
  }

  private static func isWeights(_ name: String) -> Bool {
    [".safetensors", ".pt", ".pth", ".bin"].contains {
      name.utf8.reversed().starts(with: $0.utf8.reversed())
    }
  }
}
