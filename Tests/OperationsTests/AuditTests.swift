import Foundation
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Audit")
struct AuditTests {
  @Test("names every file of which a byte was changed")
  func everyFile() throws {
    let place = try Made.forgotten()
    #expect(place.audit() == (true, ""))
    for file in try place.files() where Self.isVouchedFor(file) {
      let (bytes, mode) = (try place.read(file), try place.mode(file))
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try place.put(file, changed, mode: mode)
      let (isVerified, text) = place.audit()
      #expect(!isVerified, "\(file)")
      #expect(text.contains(Self.name(of: file)), "\(file): \(text)")
      try place.put(file, bytes, mode: mode)
    }
    #expect(place.audit() == (true, ""))
  }

  @Test("names every file that is missing, unless a writer makes it or it was filed elsewhere")
  func missing() throws {
    let place = try Made.forgotten()
    let newest = try place.entry("v3").digest.hex
    let remade = [
      "Registry/log/checkpoint", "Registry/index.json", "Registry/ledger.sqlite",
    ]
    for file in try place.files() where Self.isVouchedFor(file) {
      let (bytes, mode) = (try place.read(file), try place.mode(file))
      try FileManager.default.removeItem(atPath: place.path(file))
      let (isVerified, text) = place.audit()
      let isFree =
        file.hasPrefix("Reports/") || remade.contains(file)
        || file.hasPrefix("Registry/work/features/")
        || file.hasPrefix("Registry/attestations/\(newest)")
      #expect(isVerified == isFree, "\(file): \(text)")
      if !isFree, file != "Registry/oci-layout" {
        #expect(text.contains(Self.name(of: file)), "\(file): \(text)")
      }
      try place.put(file, bytes, mode: mode)
    }
    #expect(place.audit() == (true, ""))
  }

  @Test("names every file that is no registry's, wherever it lies")
  func added() throws {
    let place = try Made.forgotten()
    var folders = Set(
      try place.files().filter { $0.hasPrefix("Registry/") }.map {
        ($0 as NSString).deletingLastPathComponent
      })
    folders.formUnion(RegistryLayout.folders.map { "Registry/\($0.name)" })
    // What lies in the one is a writer's who is at work; of the other nothing is made yet.
    folders.subtract(["Registry/work/staging", "Registry/log/tile"])
    let digest = String(repeating: "ab", count: 32)
    for folder in folders.sorted() {
      for name in ["stray", digest] {
        try place.put("\(folder)/\(name)", [1, 2, 3], mode: 0o600)
        let (isVerified, text) = place.audit()
        #expect(!isVerified && text.contains(name), "\(folder)/\(name): \(text)")
        try FileManager.default.removeItem(atPath: place.path("\(folder)/\(name)"))
      }
    }
    #expect(place.audit() == (true, ""))
  }

  @Test("names a link in the place of a file")
  func linked() throws {
    let place = try Made.forgotten()
    for file in try place.files()
    where Self.isVouchedFor(file) && file.hasPrefix("Registry/") {
      let target = place.path("aside")
      try FileManager.default.moveItem(atPath: place.path(file), toPath: target)
      try FileManager.default.createSymbolicLink(
        atPath: place.path(file), withDestinationPath: target)
      let (isVerified, text) = place.audit()
      #expect(!isVerified && text.contains(Self.name(of: file)), "\(file): \(text)")
      try FileManager.default.removeItem(atPath: place.path(file))
      try FileManager.default.moveItem(atPath: target, toPath: place.path(file))
    }
    #expect(place.audit() == (true, ""))
  }

  @Test(
    "names whatever lies in the place of a file, waits for none, and goes on to the rest",
    arguments: ["pipe", "socket", "folder", "long", "empty"])
  func strange(_ kind: String) throws {
    let place = try Made.forgotten()
    // Another finding, which must not be hidden: of the check that comes last.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: place.path("Registry/keys/root.pem"))
    for file in try place.files()
    where file.hasPrefix("Registry/") && !file.hasSuffix("log/tail") && !file.hasSuffix("/root.pem")
      && !(kind == "empty" && file.hasSuffix(".pem") && !file.hasSuffix(".pub.pem"))
    {
      let (path, aside) = (place.path(file), place.path("aside"))
      try FileManager.default.moveItem(atPath: path, toPath: aside)
      try Self.put(kind, at: path)
      let (isVerified, text) = place.audit()
      let name = String(file.dropFirst("Registry/".count))
      #expect(!isVerified && text.contains(Self.name(of: name)), "\(kind) \(file): \(text)")
      #expect(text.contains("root.pem"), "\(kind) \(file): \(text)")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: aside, toPath: path)
    }
  }

  private static func put(_ kind: String, at path: String) throws {
    switch kind {
    case "pipe": #expect(unsafe mkfifo(path, 0o600) == 0)
    case "socket": #expect(unsafe mknod(path, S_IFSOCK | 0o600, 0) == 0)
    case "folder":
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    default:
      try Data().write(to: URL(filePath: path))
      #expect(unsafe chmod(path, 0o600) == 0 && truncate(path, kind == "long" ? 1 << 36 : 0) == 0)
    }
  }

  @Test(
    "names what lies in the place of a folder, and goes on to the rest",
    arguments: ["pipe", "empty"])
  func strangeFolder(_ kind: String) throws {
    let place = try Made.forgotten()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: place.path("Registry/keys/root.pem"))
    let nested = ["attestations", "sealed"].flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: place.path("Registry/\(folder)")))
        .map { $0.map { "\(folder)/\($0)" } } ?? []
    }
    for folder in RegistryLayout.folders.map(\.name) + nested where folder != "log" {
      let (path, aside) = (place.path("Registry/\(folder)"), place.path("aside"))
      try FileManager.default.moveItem(atPath: path, toPath: aside)
      try Self.put(kind, at: path)
      let (isVerified, text) = place.audit()
      #expect(!isVerified && text.contains(folder), "\(kind) \(folder): \(text)")
      if folder != "keys" { #expect(text.contains("root.pem"), "\(kind) \(folder): \(text)") }
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: aside, toPath: path)
    }
  }

  @Test("of one version names every file of it of which a byte was changed")
  func oneVersion() throws {
    let place = try Made.forgotten()
    let files = try place.store { store in
      let version = try store.version(named: "v2")
      let made = version.made
      let certificate = try #require(store.state.certificates(of: version.ordinal).first)
      return store.attestations.filter { $0.version == version.ordinal }.map(\.file)
        + [
          version.digest, version.weights, version.configuration, made.lineage, made.signature,
          certificate.envelope, certificate.evidence,
        ].map { "blobs/sha256/\($0.hex)" }
    }
    let reports = ReportTests.names.map { "Reports/R-1/v2/\($0)" }
    #expect(files.count == 9 && place.audit("v2") == (true, ""))
    for file in files.map({ "Registry/\($0)" }) + reports {
      let (bytes, mode) = (try place.read(file), try place.mode(file))
      var changed = bytes
      changed[bytes.count / 2] ^= 1
      try place.put(file, changed, mode: mode)
      let (isVerified, text) = place.audit("v2")
      #expect(!isVerified, "\(file)")
      #expect(text.contains(Self.name(of: file)), "\(file): \(text)")
      try place.put(file, bytes, mode: mode)
    }
    #expect(place.audit("v2") == (true, ""))
  }

  @Test("says when a personal file, or a private key, may be read by others")
  func modes() throws {
    let place = try Made.forgotten()
    for file in try place.files()
    where file.hasPrefix("Registry/sealed/")
      || (file.hasPrefix("Registry/keys/") && !file.hasSuffix(".pub.pem"))
    {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: place.path(file))
      let (isVerified, text) = place.audit()
      #expect(!isVerified && text.contains(Self.name(of: file)), "\(file): \(text)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: place.path(file))
    }
    #expect(place.audit() == (true, ""))
  }

  @Test("holds the history against what the user remembers and against a checkpoint in a file")
  func anchors() throws {
    let place = try Made.trained()
    let kept = try place.read("Registry/log/checkpoint")
    try place.write("kept", kept)
    let old = try place.copy()
    try place.forget("v1")
    var order = AuditOrder()
    order.lastCheckpoint = place.path("kept")
    #expect(try place.work.audit(order).isVerified)
    #expect(
      try place.work.audit(AuditOrder()).findings.contains {
        $0.message.contains("anchored to nothing")
      })
    try old.write("kept", place.read("Registry/log/checkpoint"))
    order.lastCheckpoint = old.path("kept")
    let outcome = try old.work.audit(order)
    #expect(!outcome.isVerified && outcome.sentence.contains("it was put back, or replaced"))
  }

  @Test("a registry that was put back is refused by whoever wrote to it since, and named")
  func putBack() throws {
    let place = try Made.trained()
    let memory = place.path("memory")
    func work(_ place: Place) -> Workplace {
      Workplace(
        registryPath: place.path("Registry"), threads: 1, memoryPath: memory,
        now: place.work.now)
    }
    let old = try place.copy()
    let order = try old.order("v1")
    _ = try work(place).openRequest("R-2", subject: Selector("pid=2"), receivedOn: nil)
    _ = try work(place).approveRequest("R-2", by: "Ada")
    let events = try old.events().count
    for act: (Workplace) throws -> Void in [
      { _ = try $0.forget(order) },
      { _ = try $0.promote("v1", alias: "staging", override: nil) },
      { _ = try $0.refuseRequest("R-1", by: "Ada", reason: "none") },
    ] {
      let found = failure { try act(work(old)) }
      #expect(found?.kind == .unverified && found?.message.contains("does not go on from") == true)
    }
    #expect(try old.events().count == events)
    let audit = try work(old).audit(AuditOrder())
    #expect(!audit.isVerified && audit.sentence.contains("what this user remembers"))
    #expect(try work(place).audit(AuditOrder()).isVerified)
  }

  /// Everything but policies and private keys, which are not public evidence.
  private static func isVouchedFor(_ file: String) -> Bool {
    if file.hasPrefix("policy") { return false }
    return !(file.hasPrefix("Registry/keys/") && !file.hasSuffix(".pub.pem"))
  }

  /// The part of a path by which an audit may name it.
  private static func name(of file: String) -> String {
    if file.hasPrefix("Reports/") { return String(file.dropFirst("Reports/".count)) }
    // Without its key no part of a scope can be opened.
    let file = file.hasSuffix("/key") ? String(file.dropLast(4)) : file
    return file.split(separator: "/").suffix(1).joined()
  }
}

extension Place {
  /// Writes a file with its permissions.
  func put(_ name: String, _ bytes: [UInt8], mode: Int) throws {
    try write(name, bytes)
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: path(name))
  }
}
