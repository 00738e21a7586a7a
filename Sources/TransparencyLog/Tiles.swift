import Glibc
package import Records
import Signing

/// A tree's hashes as files of 256 each (C2SP tlog-tiles), below a folder; only full tiles are kept.
///
/// They are made from the log and can be made again, so they are not synced, and what is read from them
/// is believed only where it comes to a root that is known otherwise.
package struct Tiles: Sendable {
  package static let width = 256
  private static let height = 8
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// `<level>/x001/x234/067`, with a width behind it where the tile is not full.
  package static func name(level: Int, index: Int, width: Int = Tiles.width) -> String {
    var groups: [String] = []
    var rest = index
    repeat {
      let digits = String(rest % 1000)
      groups.insert(String(repeating: "0", count: 3 - digits.utf8.count) + digits, at: 0)
      rest /= 1000
    } while rest > 0
    let path = groups.enumerated()
      .map { $0 < groups.count - 1 ? "x\($1)" : $1 }.joined(separator: "/")
    return "\(level)/\(path)" + (width < Tiles.width ? ".p/\(width)" : "")
  }

  /// The names of all full tiles of a tree of that size, lowest level first.
  package static func names(size: Int) -> [String] {
    var names: [String] = []
    var (level, count) = (0, size / width)
    while count > 0 {
      names += (0..<count).map { name(level: level, index: $0) }
      (level, count) = (level + 1, count / width)
    }
    return names
  }

  /// Whether the newest full tile of the lowest level is there.
  package func isUpToDate(size: Int) -> Bool {
    let count = size / Self.width
    return count == 0 || hashes(level: 0, index: count - 1) != nil
  }

  /// Gives the full tiles that a run of leaf hashes completes to `put`, by name, each to be there before
  /// the next is given; the run begins at a full tile.
  package func write<Failure>(
    _ leaves: [Digest], from start: Int,
    put: (_ name: String, _ bytes: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(start % Self.width == 0, "a run that begins at a tile")
    for tile in 0..<leaves.count / Self.width {
      let index = start / Self.width + tile
      let hashes = leaves[tile * Self.width..<(tile + 1) * Self.width]
      try put(Self.name(level: 0, index: index), hashes.flatMap(\.bytes))
      try completeAbove(level: 0, index: index, put)
    }
  }

  private func completeAbove<Failure>(
    level: Int, index: Int, _ put: (String, [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard (index + 1) % Self.width == 0 else { return }
    var roots: [Digest] = []
    for child in index + 1 - Self.width...index {
      guard let hashes = hashes(level: level, index: child) else { return }
      roots.append(MerkleTree.foldComplete(hashes))
    }
    let above = index / Self.width
    try put(Self.name(level: level + 1, index: above), roots.flatMap(\.bytes))
    try completeAbove(level: level + 1, index: above, put)
  }

  /// The hashes of a full tile; nil where it is not there, or no tile.
  package func hashes(level: Int, index: Int) -> [Digest]? {
    let path = "\(folder)/\(Self.name(level: level, index: index))"
    guard let bytes = TileFile.read(path, count: 32 * Self.width) else { return nil }
    return (0..<Self.width).map { Digest(bytes: Array(bytes[32 * $0..<32 * $0 + 32])) }
  }

  /// The root of the complete subtree of `2^height` leaves that begins at leaf `index * 2^height`; nil
  /// where a tile is missing.
  func subtree(height: Int, index: Int) -> Digest? {
    let (level, above) = (height / Self.height, height % Self.height)
    let first = index << above
    if let hashes = hashes(level: level, index: first / Self.width) {
      let start = first % Self.width
      return MerkleTree.foldComplete(Array(hashes[start..<start + (1 << above)]))
    }
    // A tile of a higher level that is not full yet follows from those below.
    guard level > 0, let left = subtree(height: height - 1, index: 2 * index),
      let right = subtree(height: height - 1, index: 2 * index + 1)
    else { return nil }
    return MerkleTree.nodeHash(left, right)
  }
}

/// A tile on the disk.
enum TileFile {
  /// Writes a file whole, unless it is there, making the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws(LogError) {
    guard unsafe access(path, F_OK) != 0 else { return }
    try makeFolders(above: path)
    let temporary = "\(path).\(getpid())"
    let number = unsafe open(
      temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .last("make", temporary) }
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(number, $0.baseAddress, $0.count)
    }
    close(number)
    guard count == bytes.count, unsafe rename(temporary, path) == 0 else {
      _ = unsafe unlink(temporary)
      throw .last("write", path)
    }
  }

  private static func makeFolders(above path: String) throws(LogError) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<slash])
    guard !folder.isEmpty, unsafe access(folder, F_OK) != 0 else { return }
    try makeFolders(above: folder)
    guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else {
      throw .last("make folder", folder)
    }
  }

  /// Reads a plain file of exactly so many bytes; nil otherwise.
  static func read(_ path: String, count: Int) -> [UInt8]? {
    let number = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { return nil }
    defer { close(number) }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
      while filled <= count {
        let part = unsafe Glibc.read(
          number, buffer.baseAddress?.advanced(by: filled), count + 1 - filled)
        if part < 0, errno == EINTR { continue }
        guard part > 0 else { return }
        filled += part
      }
    }
    return bytes.count == count ? bytes : nil
  }
}
