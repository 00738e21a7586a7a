import Records
import Signing
import TransparencyLog

extension RegistryAudit {
  /// Every tile against what the events give, and that no others lie there.
  mutating func checkTiles() throws {
    let root = RegistryLayout.tiles
    guard try FileStatus(of: store.layout.path(root))?.isFolder == true else { return }
    let wanted = try store.wantedTiles()
    for (name, bytes) in wanted.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) {
      let file = "\(root)/\(name)"
      guard try FileStatus(of: store.layout.path(file)) != nil else {
        note(file, "is not written yet; the next writer makes it")
        continue
      }
      guard let status = try plainFile(file) else { continue }
      if try status.size != bytes.count
        || DurableFiles.read(store.layout.path(file), limit: bytes.count) != bytes
      {
        find(file, "does not verify: it is not of the events of the log")
      }
    }
    let edges = Dictionary(
      wanted.map { (Self.whole($0.key), $0.value) },
      uniquingKeysWith: { $0.count > $1.count ? $0 : $1 })
    for name in try DurableFiles.filesBelow(store.layout.path(root)) where wanted[name] == nil {
      // A tile as it was when it had fewer hashes, of a writer that died before it was removed.
      if let now = edges[Self.whole(name)], name.hasPrefix("0/") == false,
        let bytes = try? DurableFiles.read(store.layout.path("\(root)/\(name)"), limit: 1 << 13),
        name == "\(Self.whole(name)).p/\(bytes.count / 32)", now.starts(with: bytes)
      {
        continue
      }
      find("\(root)/\(name)", "does not belong in a registry")
    }
  }

  /// The name that a tile has when it is full.
  private static func whole(_ name: String) -> String {
    name.firstRange(of: ".p/").map { String(name[..<$0.lowerBound]) } ?? name
  }
}
