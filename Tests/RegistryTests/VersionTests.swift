import Records
import Signing
import Testing

@testable import Registry

@Suite("Versions")
struct VersionTests {
  @Test("a committed version comes back by digest with its lineage")
  func commit() throws {
    let registry = try TemporaryRegistry()
    let entry: VersionEntry
    do {
      let store = try registry.open()
      entry = try store.commitExample()
      #expect(entry.name == "speakers@v1")
      #expect(entry.lineage == .example(1))
    }
    #expect(try registry.audit() == [])
    let store = try registry.open(.reading)
    #expect(try store.version(entry.digest) == entry)
    #expect(try store.versions() == [entry])
    #expect(try store.blobs.read(entry.weights) == Array("weights of speakers@v1".utf8))
    #expect(try store.logEntries().last?.kind == "version")
    #expect(try store.logEntries().last?.digest == entry.digest)
  }

  @Test("the digest is that of an OCI manifest with lineage, weights and configuration")
  func manifest() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try store.commitExample()
    let bytes = try store.blobs.read(entry.digest)
    #expect(SHA256.digest(of: bytes) == entry.digest)
    let json = try JSONParser.parse(bytes)
    #expect(json["schemaVersion"]?.integer == 2)
    #expect(json["mediaType"]?.string == "application/vnd.oci.image.manifest.v1+json")
    #expect(json["artifactType"]?.string == "application/vnd.cncf.model.manifest.v1+json")
    let config = try #require(json["config"]?["digest"]?.string)
    let lineage = try #require(Digest(hex: config.dropFirst(7)))
    #expect(try store.decode(Lineage.self, from: lineage) == entry.lineage)
    let layers = try #require(json["layers"]?.array)
    #expect(layers.map { $0["digest"]?.string } == ["\(entry.weights)", "\(entry.configuration)"])
    #expect(layers[0]["size"]?.integer == 22)
    let titles = layers.map { $0["annotations"]?["org.opencontainers.image.title"]?.string }
    #expect(titles == ["model.safetensors", "config.json"])
  }

  @Test("the index names every version, by model and number")
  func index() throws {
    let registry = try TemporaryRegistry()
    do {
      let store = try registry.open()
      for model in ["b", "a", "b"] { try store.commitExample(model: model) }
    }
    let json = try JSONParser.parse(registry.read("index.json"))
    let manifests = try #require(json["manifests"]?.array)
    let names = manifests.map { $0["annotations"]?["org.opencontainers.image.ref.name"]?.string }
    #expect(names == ["a@v1", "b@v1", "b@v2"])
    let store = try registry.open()
    for manifest in manifests {
      let digest = try #require(Digest(hex: manifest["digest"]?.string?.dropFirst(7) ?? ""))
      #expect(try store.blobs.size(of: digest) == manifest["size"]?.integer)
    }
  }

  @Test("a version is found by number, full name, alias and digest")
  func lookup() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let first = try store.commitExample()
    let second = try store.commitExample(parent: first.digest)
    try store.moveAlias(.example(to: first.digest))
    for name in [
      "v1", "speakers@v1", "production", "speakers@production", first.digest.hex,
      String(first.digest.hex.prefix(8)), "\(first.digest)", "speakers@\(first.digest.short)",
    ] { #expect(try store.version(named: name) == first, "\(name)") }
    #expect(try store.version(named: "v2") == second)
    #expect(try store.ancestry(of: second.digest) == [second, first])
  }

  @Test("a name of two models' versions is ambiguous until the model is named")
  func ambiguous() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let one = try store.commitExample(model: "one")
    let two = try store.commitExample(model: "two")
    for entry in [one, two] {
      try store.moveAlias(.example(model: entry.lineage.model, to: entry.digest))
    }
    for name in ["v1", "production"] {
      #expect(
        throws: RegistryError.ambiguous(name: name, candidates: ["one@v1", "two@v1"])
      ) { try store.version(named: name) }
      #expect(try store.version(named: "two@\(name)") == two)
    }
  }

  @Test(
    "what is not there is named, with all there is and the nearest",
    arguments: [
      ("v11", "v1"), ("prodution", "production"), ("speaker@v1", "speakers"), ("v2", "v1"),
      ("zzzzzzzzzzzz", nil), ("", nil), ("../x", nil), ("v1\0", "v1"),
      ("0123456789abcdef", nil), ("speakers@", "speakers@v1"), ("@v1", nil), ("' OR 1=1 --", nil),
    ])
  func notFound(name: String, nearest: String?) throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.moveAlias(.example(to: store.commitExample().digest))
    let error = #expect(throws: RegistryError.self) { try store.version(named: name) }
    guard case .unknown(_, _, let known, let found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == nearest)
    #expect(!known.isEmpty)
  }

  @Test("numbers are given in turn, and one out of turn is refused")
  func outOfTurn() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let blob = try store.blobs.put([1])
    for number in [0, 2, -1] {
      #expect(
        throws: RegistryError.outOfTurn(model: "speakers", number: number, next: 1)
      ) { try store.commit(.example(number), weights: blob, configuration: blob) }
    }
    try store.commitExample()
    #expect(try store.nextNumber(of: "speakers") == 2)
    #expect(throws: RegistryError.self) {
      try store.commit(.example(1), weights: blob, configuration: blob)
    }
    #expect(try store.versions().count == 1)
  }

  @Test("a version needs its weights, parent and request in the registry, and a model's name")
  func missingParts() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let blob = try store.blobs.put([1])
    #expect(throws: RegistryError.self) {
      try store.commit(.example(1), weights: .of("none"), configuration: blob)
    }
    for lineage in [
      Lineage.example(1, parent: .of("none")), .example(1, request: "DSR-1"),
      .example(1, model: "../x"),
    ] {
      #expect(throws: RegistryError.self) {
        try store.commit(lineage, weights: blob, configuration: blob)
      }
    }
    #expect(try store.versions() == [])
    #expect(try store.logEntries().count == 1)
  }

  @Test("a row that says other than the manifest is not believed")
  func changedRow() throws {
    let registry = try TemporaryRegistry()
    let digest = try registry.open().commitExample().digest
    try registry.tamper("UPDATE versions SET origin = 'imported'")
    let error = #expect(throws: RegistryError.self) { try registry.open().version(digest) }
    #expect(error?.isCorruption == true)
    #expect(try registry.audit().contains { $0.contains("ledger.sqlite") })
  }
}

@Suite("Data sets")
struct DatasetTests {
  static let manifest = Manifest(
    dataset: "voices", source: DataSource(format: "japanese-vowels"), inputShape: [1, 29, 12],
    labelNames: ["a"],
    records: [
      ManifestRecord(
        id: "train-0000", content: .of("x"), label: 0, subjects: ["pid": "1"], split: .training)
    ])

  @Test("a data set is kept by its manifest, and adding it again changes nothing")
  func add() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    let entry = try store.addDataset(Self.manifest, merkleRoot: .of("root"), at: "2026-11-22")
    #expect(try store.manifest(entry.manifest) == Self.manifest)
    #expect(
      try store.addDataset(Self.manifest, merkleRoot: .of("root"), at: "2027-01-01") == entry)
    #expect(try store.datasets() == [entry])
    #expect(
      try store.logEntries().filter { $0.kind == "dataset" }.map(\.digest) == [entry.manifest])
    #expect(throws: RegistryError.taken(what: "data set", name: "voices")) {
      try store.addDataset(Self.manifest, merkleRoot: .of("other"), at: "2026-11-22")
    }
  }

  @Test("an unknown data set is named with the nearest")
  func unknown() throws {
    let registry = try TemporaryRegistry()
    let store = try registry.open()
    try store.addDataset(Self.manifest, merkleRoot: .of("root"), at: "2026-11-22")
    #expect(
      throws: RegistryError.unknown(
        what: "data set", name: "voice", known: ["voices"], nearest: "voices")
    ) { try store.dataset(named: "voice") }
  }
}
