import Foundation
import Records
import Signing
import Testing

@Suite("OpenSSF model signatures")
struct ModelSignatureTests {
  let files = [
    ModelFile(name: "weights.safetensors", digest: SHA256.digest(of: "w")),
    ModelFile(name: "config.json", digest: SHA256.digest(of: "c")),
    ModelFile(name: "lineage.json", digest: SHA256.digest(of: "l")),
  ]

  @Test("a bundle vouches for exactly its files, in any order they are found")
  func verifies() throws {
    let key = try PrivateKey.generate()
    let bundle = try ModelSignature.bundle(of: files, subject: "speakers@v4", with: key)
    func verify(_ files: [ModelFile], subject: String? = "speakers@v4") throws -> ModelSignature {
      try ModelSignature.verify(
        bundle: bundle, files: files, trusted: [key.publicKey], subject: subject)
    }
    let signed = try verify(files.reversed())
    #expect(signed.subject == "speakers@v4" && signed.files.count == 3)
    #expect(ModelSignature.root(of: signed.files) == ModelSignature.root(of: files))
    let passedOver = ModelFile(name: "model.sig", digest: SHA256.digest(of: bundle))
    let repository = ModelFile(name: ".git/HEAD", digest: SHA256.digest(of: ""))
    _ = try verify(files + [passedOver, repository])
    func refuses(_ flaw: ModelSignatureFlaw, _ files: [ModelFile]) {
      #expect(throws: SigningError.modelSignature(flaw)) { try verify(files) }
    }
    refuses(.missingFile("config.json"), [files[0], files[2]])
    refuses(.missingFile("config.json"), [])
    refuses(.extraFile("z"), files + [ModelFile(name: "z", digest: files[0].digest)])
    refuses(
      .changedFile("lineage.json"),
      files.dropLast() + [ModelFile(name: "lineage.json", digest: files[0].digest)])
    refuses(.duplicateName("config.json"), files + [files[1]])
    refuses(
      .ignoredWeightFile(".git/w.safetensors"),
      files + [ModelFile(name: ".git/w.safetensors", digest: files[0].digest)])
    #expect(
      throws: SigningError.modelSignature(
        .wrongSubject(expected: "speakers@v5", found: "speakers@v4"))
    ) { try verify(files, subject: "speakers@v5") }
    let other = try PrivateKey.generate()
    #expect(
      throws: SigningError.modelSignature(.unknownKey(hint: key.publicKey.hint))
    ) { try ModelSignature.verify(bundle: bundle, files: files, trusted: [other.publicKey]) }
  }

  @Test("the format knows P-256 alone: another key neither signs a model nor is believed")
  func otherAlgorithm() throws {
    let key = try PrivateKey.generate(.ed25519)
    #expect(throws: SigningError.key(.notP256)) {
      try ModelSignature.bundle(of: files, subject: "speakers@v4", with: key)
    }
    // A bundle of a key that may sign, said to be of one that may not.
    let other = try PrivateKey.generate()
    let bundle = try ModelSignature.bundle(of: files, subject: "speakers@v4", with: other)
    let text = String(decoding: bundle, as: UTF8.self)
      .replacingOccurrences(of: other.publicKey.hint, with: key.publicKey.hint)
    #expect(throws: SigningError.key(.notP256)) {
      try ModelSignature.verify(
        bundle: Array(text.utf8), files: files, trusted: [key.publicKey, other.publicKey])
    }
  }

  @Test("the root is over the digests in the order of the specification")
  func root() throws {
    let sorted = [1, 2, 0].map { files[$0] }
    let root = SHA256.digest(of: sorted.flatMap(\.digest.bytes))
    #expect(ModelSignature.root(of: files) == root)
    let nested = [
      ModelFile(name: "sub/a.bin", digest: files[0].digest),
      ModelFile(name: "sub.txt", digest: files[1].digest),
    ]
    let expected = SHA256.digest(of: files[1].digest.bytes + files[0].digest.bytes)
    #expect(ModelSignature.root(of: nested) == expected)
  }

  @Test("what cannot be signed honestly is not signed")
  func writer() throws {
    let key = try PrivateKey.generate()
    func refuses(_ flaw: ModelSignatureFlaw, _ names: [String], bundleName: String = "model.sig") {
      #expect(throws: SigningError.modelSignature(flaw)) {
        try ModelSignature.bundle(
          of: names.map { ModelFile(name: $0, digest: files[0].digest) }, subject: "m", with: key,
          bundleName: bundleName)
      }
    }
    refuses(.noFiles, [])
    for name in ["", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\0"] {
      refuses(.nameNotCanonical(name), [name])
    }
    refuses(.duplicateName("a"), ["a", "b", "a"])
    refuses(.ignoredPathNotAllowed("model.sig"), ["a", "model.sig"])
    refuses(.ignoredPathNotAllowed(".github/a"), [".github/a"])
    refuses(.ignoredWeightFile("w.safetensors"), ["a"], bundleName: "w.safetensors")
    refuses(.ignoredPathNotAllowed("."), ["a"], bundleName: ".")
  }

  /// A statement with one part replaced, signed all the same.
  func bundle(
    _ key: borrowing PrivateKey, replacing part: String, by other: String,
    payloadType: String = Statement.payloadType
  ) throws -> [UInt8] {
    let good = try ModelSignature.bundle(of: files, subject: "m", with: key)
    let envelope = try #require(try JSONParser.parse(good)["dsseEnvelope"])
    let payload = try Base64.decode(try #require(envelope["payload"]?.string))
    let text = String(decoding: payload, as: UTF8.self)
    try #require(part.isEmpty || text.contains(part))
    let changed = part.isEmpty ? text : text.split(separator: part).joined(separator: other)
    let signed = try DSSEEnvelope.signing(
      payloadType: payloadType, payload: Array(changed.utf8), with: key, keyID: "")
    let rest = String(decoding: good, as: UTF8.self)
    let old = String(decoding: envelope.canonicalText, as: UTF8.self)
    return Array(
      rest.split(separator: old).joined(separator: String(decoding: signed.text, as: UTF8.self))
        .utf8)
  }

  @Test("well-signed statements that say too much or too little are refused, each for its reason")
  func statements() throws {
    let key = try PrivateKey.generate()
    func error(_ part: String, _ other: String, type: String = Statement.payloadType) throws
      -> SigningError?
    {
      let bundle = try bundle(key, replacing: part, by: other, payloadType: type)
      return #expect(throws: SigningError.self, "\(other)") {
        try ModelSignature.verify(bundle: bundle, files: files, trusted: [key.publicKey])
      }
    }
    func expect(_ part: String, _ other: String, _ flaw: ModelSignatureFlaw) throws {
      #expect(try error(part, other) == .modelSignature(flaw))
    }
    func expect(_ part: String, _ other: String, at path: String) throws {
      let description = try error(part, other)?.description ?? ""
      #expect(description.hasPrefix("'\(path)'"), "\(description)")
    }
    try expect(#""allow_symlinks":false"#, #""allow_symlinks":true"#, .symlinksAllowed)
    try expect(#"".git","#, #"".git","config.json","#, .ignoredPathNotAllowed("config.json"))
    for path in ["", ".", "..", "/", "*", "a/../.git"] {
      try expect(#"".git","#, #"".git","\#(path)","#, .ignoredPathNotAllowed(path))
    }
    try expect(#""name":"config.json""#, #""name":"lineage.json""#, .duplicateName("lineage.json"))
    try expect(#""name":"config.json""#, #""name":"../x""#, .nameNotCanonical("../x"))
    try expect(#""name":"config.json""#, #""name":"x""#, .missingFile("x"))
    try expect(
      #"],"serialization""#,
      #",{"algorithm":"sha256","digest":"\#(files[0].digest.hex)","name":"x"}],"serialization""#,
      .wrongRoot(
        signed: ModelSignature.root(of: files),
        computed: SHA256.digest(
          of: [1, 2, 0, 0].flatMap { files[$0].digest.bytes })))
    try expect(
      #""name":"m"}]"#, #""name":"m"},{"digest":{"sha256":"\#(files[0].digest.hex)"},"name":"n"}]"#,
      .severalSubjects(2))
    let predicate = "statement.predicate"
    try expect("signature/v1.0", "signature/v2.0", at: "statement.predicateType")
    try expect("Statement/v1", "Statement/v0.1", at: "statement._type")
    try expect(#""files""#, #""shards""#, at: "\(predicate).serialization.method")
    try expect(
      #""hash_type":"sha256""#, #""hash_type":"blake3""#, at: "\(predicate).serialization.hash_type"
    )
    try expect(#""allow_symlinks":false,"#, "", at: "\(predicate).serialization.allow_symlinks")
    try expect(
      #""method""#, #""shard_size":1,"method""#, at: "\(predicate).serialization.shard_size")
    try expect(
      #""algorithm":"sha256""#, #""algorithm":"md5""#, at: "\(predicate).resources[0].algorithm")
    try expect(
      files[1].digest.hex, files[1].digest.hex.uppercased(), at: "\(predicate).resources[0].digest")
    try expect(#""resources""#, #""more":1,"resources""#, at: "\(predicate).more")
    #expect(
      try error("", "", type: "text/plain")?.description.contains("payloadType") == true)
  }

  @Test("a statement without files or with a name said twice is refused")
  func emptyModel() throws {
    let key = try PrivateKey.generate()
    let good = try bundle(key, replacing: "", by: "")
    let payload = try #require(
      try JSONParser.parse(good)["dsseEnvelope"]?["payload"]?.string)
    let text = String(decoding: try Base64.decode(payload), as: UTF8.self)
    let start = try #require(text.range(of: #""resources":["#))
    let end = try #require(text.range(of: #"],"serialization""#))
    let listed = String(text[start.upperBound..<end.lowerBound])
    let empty = try bundle(key, replacing: listed, by: "")
    #expect(throws: SigningError.modelSignature(.noFiles)) {
      try ModelSignature.verify(bundle: empty, files: files, trusted: [key.publicKey])
    }
    let twice = try bundle(
      key, replacing: #""method":"files""#, by: #""method":"files","method":"files""#)
    let error = #expect(throws: SigningError.self) {
      try ModelSignature.verify(bundle: twice, files: files, trusted: [key.publicKey])
    }
    #expect(error?.description.contains("duplicate name 'method'") == true)
  }

  @Test("a changed byte of a bundle is refused or changes nothing that is said")
  func changes() throws {
    let key = try PrivateKey.generate()
    let bundle = try ModelSignature.bundle(of: files, subject: "m", with: key)
    let original = try ModelSignature.verify(
      bundle: bundle, files: files, trusted: [key.publicKey])
    var accepted = 0
    for text in mutations(of: bundle) {
      guard
        let read = try? ModelSignature.verify(
          bundle: text, files: files, trusted: [key.publicKey])
      else { continue }
      accepted += 1
      #expect(read == original)
    }
    #expect(accepted == 0, "a compact bundle has no byte to spare")
    func verify(mustBeCanonical: Bool) throws -> ModelSignature {
      try ModelSignature.verify(
        bundle: bundle + [0x0A], files: files, trusted: [key.publicKey],
        mustBeCanonical: mustBeCanonical)
    }
    #expect(try verify(mustBeCanonical: false) == original)
    #expect(throws: SigningError.modelSignature(.notCanonical)) {
      try verify(mustBeCanonical: true)
    }
    _ = try ModelSignature.verify(
      bundle: bundle, files: files, trusted: [key.publicKey], mustBeCanonical: true)
  }

  @Test("a directory is listed strictly, hidden and nested files included")
  func directory() throws {
    let directory = try TemporaryDirectory()
    try directory.write("b", [1])
    try directory.write(".hidden", [])
    try directory.write("model.sig", [2])
    #expect(mkdir(directory.path("a"), 0o700) == 0 && mkdir(directory.path(".git"), 0o700) == 0)
    try directory.write("a/model.sig", [3])
    try directory.write(".git/HEAD", [4])
    let files = try ModelDirectory.files(at: directory.path)
    #expect(files.map(\.name) == [".hidden", "a/model.sig", "b"])
    #expect(files.map(\.digest) == [[], [3], [1]].map { SHA256.digest(of: $0) })
    #expect(try ModelDirectory.files(at: directory.path, ignoring: []).count == 5)

    let link = directory.path("a/link")
    #expect(symlink("/etc/passwd", link) == 0)
    #expect(throws: SigningError.file(.symbolicLink(path: link))) {
      try ModelDirectory.files(at: directory.path)
    }
    #expect(unlink(link) == 0 && symlink(".", link) == 0)
    #expect(throws: SigningError.file(.symbolicLink(path: link))) {
      try ModelDirectory.files(at: directory.path)
    }
    #expect(unlink(link) == 0 && mkfifo(link, 0o600) == 0)
    #expect(throws: SigningError.file(.notRegularFile(path: link))) {
      try ModelDirectory.files(at: directory.path)
    }
    #expect(unlink(link) == 0)
    let strange = Array(directory.path("a/").utf8CString.dropLast()) + [-1, 0]
    let descriptor = open(strange, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0 && close(descriptor) == 0)
    #expect(throws: SigningError.file(.nameNotUTF8(directory: directory.path("a")))) {
      try ModelDirectory.files(at: directory.path)
    }
    #expect(throws: SigningError.file(.notDirectory(path: directory.path("b")))) {
      try ModelDirectory.files(at: directory.path("b"))
    }
  }

  @Test("the specification's bundles are read as it says", .enabled(if: Vectors.arePresent))
  func vectors() throws {
    func refusal(_ name: String) throws -> SigningError? {
      let bundle = try Vectors.bytes("oms/test-vectors/v1.0/\(name).bundle.json")
      return #expect(throws: SigningError.self) {
        try ModelSignature.verify(bundle: bundle, files: files, trusted: [])
      }
    }
    // Whole and of the right form, but its key, a P-384 one, is nobody's here.
    let unknown = SigningError.modelSignature(
      .unknownKey(hint: "e8450dec4eb99dae995da9af1bc2cc9f76ed669ee2e744f57abba763df3e3f8e"))
    #expect(try refusal("valid/key") == unknown)
    #expect(try refusal("valid/certificate") == .modelSignature(.certificateMethod))
    #expect(try refusal("valid/sigstore") == .modelSignature(.certificateMethod))
    #expect(try refusal("invalid/missing-tlog-entries") == .modelSignature(.certificateMethod))
    #expect(
      try refusal("invalid/missing-envelope") == .document(.missing(at: "bundle.dsseEnvelope")))
    #expect(
      try refusal("invalid/missing-verification-material")
        == .document(.missing(at: "bundle.verificationMaterial")))
    #expect(try refusal("invalid/empty")?.description.contains("not strict JSON") == true)
  }

  @Test("the specification's statement has the root we compute", .enabled(if: Vectors.arePresent))
  func vectorRoot() throws {
    let bundle = try Vectors.json("oms/test-vectors/v1.0/valid/key.bundle.json")
    let payload = try Base64.decode(
      try #require(bundle["dsseEnvelope"]?["payload"]?.string))
    let statement = try Statement(parsing: payload)
    let files = try #require(statement.predicate["resources"]?.array).map {
      ModelFile(
        name: try #require($0["name"]?.string),
        digest: try #require(Digest(hex: $0["digest"]?.string ?? "")))
    }
    #expect(statement.subjects == [.init(name: "model", digest: ModelSignature.root(of: files))])
  }
}
