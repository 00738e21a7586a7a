import Foundation
import Records
import Testing

@testable import Registry

@Suite("Where a registry may lie")
struct FileSystemTests {
  private static let mounts = """
    22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    30 22 0:26 / /home rw,nosuid - nfs4 server:/home rw,vers=4.2
    31 30 8:2 / /home/ada/disk rw,relatime shared:9 master:3 - xfs /dev/sdb1 rw
    32 22 0:30 / /mnt/share rw - cifs //server/share rw
    33 22 0:31 / /mnt/share rw - tmpfs tmpfs rw
    35 22 0:32 / /mnt/the\\040share rw - nfs server:/x rw
    36 22 0:33 / /mnt/back\\134slash rw - nfs server:/y rw
    nonsense
    34 22 - ext4
    """

  @Test(
    "the file system is that of the nearest mount above a path",
    arguments: [
      ("/", "ext4"), ("/srv/registry", "ext4"), ("/home", "nfs4"), ("/home/ada", "nfs4"),
      ("/home/ada/disk", "xfs"), ("/home/ada/disk/registry", "xfs"),
      ("/home/ada/disk2", "nfs4"), ("/homes", "ext4"), ("/mnt/share/registry", "tmpfs"),
      ("/mnt/the share/registry", "nfs"), ("/mnt/back\\slash", "nfs"),
    ])
  func nearest(path: String, type: String) {
    #expect(FileSystem.type(of: path, in: Self.mounts) == type)
  }

  @Test("of no mounts nothing is said")
  func none() {
    #expect(FileSystem.type(of: "/srv", in: "") == nil)
    #expect(FileSystem.type(of: "/srv", in: "nonsense\n") == nil)
  }

  @Test("a registry of format 1 is refused with the way on")
  func format1() throws {
    let registry = try TemporaryRegistry()
    try registry.write("log/entries.jsonl", [])
    let error = #expect(
      throws: RegistryError.otherFormat(directory: registry.directory, found: 1)
    ) { try registry.open() }
    #expect(
      error?.description.contains("keep it with the program that made it, and 'init' and 'import'")
        == true)
  }

  @Test("what is no registry is refused, and told from what is not there")
  func noRegistry() throws {
    let registry = try TemporaryRegistry()
    #expect(throws: RegistryError.noDirectory(registry.path("nowhere"))) {
      try RegistryStore(openingAt: registry.path("nowhere"))
    }
    #expect(throws: RegistryError.notARegistry(registry.path("log"))) {
      try RegistryStore(openingAt: registry.path("log"))
    }
    try registry.remove("log/tail")
    #expect(throws: RegistryError.corrupted(file: "log/tail", reason: "it is missing")) {
      try registry.open()
    }
  }

  @Test("a registry is made in an empty place, and gone on with where its making was broken off")
  func creating() throws {
    let registry = try TemporaryRegistry()
    func create() throws {
      try RegistryStore.create(
        at: registry.directory, model: "speakers", policies: [], time: CountingClock.time(0))
    }
    #expect(throws: RegistryError.alreadyARegistry(registry.directory)) { try create() }
    let id = try registry.open().state.id
    let key = try registry.read("keys/root.pem")
    try registry.remove("oci-layout")
    try create()
    #expect(try registry.open().state.id != id)
    // Whose key lies there nobody knows.
    #expect(try registry.read("keys/root.pem") != key)
    #expect(try registry.names("work/staging") == [])
    try registry.remove("oci-layout")
    try registry.write("notes.txt", [])
    #expect(
      throws: RegistryError.occupied(directory: registry.directory, entry: "notes.txt")
    ) { try create() }
  }

  @Test("keys that somebody put where a registry is to be made are not taken up")
  func plantedKeys() throws {
    let (theirs, place) = (try TemporaryRegistry(), try TemporaryRegistry())
    let names = try theirs.names("keys")
    for name in try place.names("") { try place.remove(name) }
    try FileManager.default.createDirectory(
      atPath: place.path("keys"), withIntermediateDirectories: true)
    for name in names { try place.write("keys/\(name)", theirs.read("keys/\(name)"), mode: 0o600) }
    try RegistryStore.create(
      at: place.directory, model: "speakers", policies: [], time: CountingClock.time(0))
    for name in names {
      #expect(try place.read("keys/\(name)") != theirs.read("keys/\(name)"), "\(name)")
    }
    #expect(try place.failures() == [])
  }

  @Test(
    "nothing else that somebody put there is taken up",
    arguments: [
      "sealed/lineage/key", "sealed/reasons", "attestations/a", "state/256", "log/tile/0",
      "work/features/a", "work/training/a", "work/runs/a",
    ])
  func plantedFiles(name: String) throws {
    let place = try TemporaryRegistry()
    for name in try place.names("") { try place.remove(name) }
    try FileManager.default.createDirectory(
      atPath: place.path(DurableFiles.parent(of: name)), withIntermediateDirectories: true)
    try place.write(name, [1, 2, 3])
    let refused = #expect(throws: RegistryError.self) {
      try RegistryStore.create(
        at: place.directory, model: "speakers", policies: [], time: CountingClock.time(0))
    }
    let top = name.split(separator: "/").prefix(name.hasPrefix("log") ? 3 : 2).joined(
      separator: "/")
    let entry = name.hasPrefix("work") ? name : top
    #expect(refused == .occupied(directory: place.directory, entry: entry))
    #expect(try place.read(name) == [1, 2, 3])
  }

  @Test("a registry whose marker was taken away is not made over, and no command says that it be")
  func markerGone() throws {
    let registry = try TemporaryRegistry()
    try registry.commit(ModelAdded(model: "faces"))
    try registry.remove("oci-layout")
    let tail = try registry.read("log/tail")
    let missing = #expect(throws: RegistryError.self) { try registry.open() }
    #expect(missing?.isCorruption == true && missing?.description.contains("oci-layout") == true)
    let refused = #expect(throws: RegistryError.self) {
      try RegistryStore.create(
        at: registry.directory, model: "speakers", policies: [], time: CountingClock.time(0))
    }
    #expect(refused?.isCorruption == true)
    #expect(try registry.read("log/tail") == tail)
  }

  @Test("opening makes no file and needs no private key")
  func readOnly() throws {
    let registry = try TemporaryRegistry()
    try registry.open().addExample(at: registry.clock.now())
    for name in try registry.names("keys") where !name.hasSuffix(".pub.pem") {
      try registry.remove("keys/\(name)")
    }
    let before = try FileManager.default.subpathsOfDirectory(atPath: registry.directory).sorted()
    #expect(try registry.open().versions().count == 1)
    #expect(try registry.failures() == [])
    let after = try FileManager.default.subpathsOfDirectory(atPath: registry.directory).sorted()
    #expect(before == after)
  }
}
