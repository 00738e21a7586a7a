import Glibc
package import Records
import Signing

/// A tree's hashes as files of 256 each (C2SP tlog-tiles), below a folder.
///
/// Of the lowest level only full tiles are kept, as others would be written anew with every event; of
/// the levels above also the last one as far as it goes, without which a proof would read all tiles
/// below it.
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

  /// The tile of a level above the lowest that is not full; nil where there is none.
  static func edge(level: Int, size: Int) -> (index: Int, width: Int)? {
    let count = size >> (height * level)
    return count % width == 0 ? nil : (count / width, count % width)
  }

  /// Whether the newest tiles are there.
  package func isUpToDate(size: Int) -> Bool {
    let count = size / Self.width
    guard count > 0 else { return true }
    guard hashes(level: 0, index: count - 1) != nil else { return false }
    return Self.levels(size).allSatisfy { level in
      guard let (index, width) = Self.edge(level: level, size: size) else { return true }
      return hashes(level: level, index: index, width: width) != nil
    }
  }

  /// The levels above the lowest that have anything in them.
  private static func levels(_ size: Int) -> [Int] {
    (1...7).filter { size >> (height * $0) > 0 }
  }

  /// The first full tile of the lowest level behind all that are there.
  package func firstMissing(size: Int) -> Int {
    var index = size / Self.width
    while index > 0, hashes(level: 0, index: index - 1) == nil { index -= 1 }
    return index
  }

  /// Gives the tiles that a run of leaf hashes makes to `put`, by name, each to be there before the next
  /// is given, and the names of those that nobody needs any more to `remove`; the run begins at a full
  /// tile.
  package func write<Failure>(
    _ leaves: [Digest], from start: Int,
    put: (_ name: String, _ bytes: [UInt8]) throws(Failure) -> Void,
    remove: (_ name: String) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(start % Self.width == 0, "a run that begins at a tile")
    for tile in 0..<leaves.count / Self.width {
      let index = start / Self.width + tile
      let hashes = leaves[tile * Self.width..<(tile + 1) * Self.width]
      try put(Self.name(level: 0, index: index), hashes.flatMap(\.bytes))
      try completeAbove(level: 0, index: index, put, remove)
    }
    try writeEdges(size: start + leaves.count, put, remove)
  }

  private func completeAbove<Failure>(
    level: Int, index: Int, _ put: (String, [UInt8]) throws(Failure) -> Void,
    _ remove: (String) throws(Failure) -> Void
  ) throws(Failure) {
    guard (index + 1) % Self.width == 0 else { return }
    guard let roots = roots(level: level, index + 1 - Self.width..<index + 1) else { return }
    let above = index / Self.width
    try put(Self.name(level: level + 1, index: above), roots.flatMap(\.bytes))
    try removeEdges(level: level + 1, index: above, but: nil, remove)
    try completeAbove(level: level + 1, index: above, put, remove)
  }

  /// Writes the last tile of each level above the lowest as far as it goes.
  private func writeEdges<Failure>(
    size: Int, _ put: (String, [UInt8]) throws(Failure) -> Void,
    _ remove: (String) throws(Failure) -> Void
  ) throws(Failure) {
    for level in Self.levels(size) {
      guard let (index, width) = Self.edge(level: level, size: size) else { continue }
      let known = edges(level: level, index: index).filter { $0 <= width }.max() ?? 0
      let first = index * Self.width
      guard known < width,
        let roots = roots(level: level - 1, first + known..<first + width)
      else { continue }
      let before = known > 0 ? hashes(level: level, index: index, width: known) : []
      guard let before else { continue }
      try put(
        Self.name(level: level, index: index, width: width), (before + roots).flatMap(\.bytes))
      try removeEdges(level: level, index: index, but: width, remove)
    }
  }

  /// The roots of full tiles; nil where one is missing.
  private func roots(level: Int, _ range: Range<Int>) -> [Digest]? {
    var roots: [Digest] = []
    for index in range {
      guard let hashes = hashes(level: level, index: index) else { return nil }
      roots.append(MerkleTree.foldComplete(hashes))
    }
    return roots
  }

  /// The widths in which a tile that is not full is there.
  private func edges(level: Int, index: Int) -> [Int] {
    TileFile.names(in: "\(folder)/\(Self.name(level: level, index: index)).p")
      .compactMap { Int($0) }
  }

  /// Removes a tile in its other widths, which nobody needs any more.
  private func removeEdges<Failure>(
    level: Int, index: Int, but width: Int?, _ remove: (String) throws(Failure) -> Void
  ) throws(Failure) {
    for other in edges(level: level, index: index) where other != width && other < Self.width {
      try remove(Self.name(level: level, index: index, width: other))
    }
  }

  /// The hashes of a tile of that width; nil where it is not there, or no tile.
  package func hashes(level: Int, index: Int, width: Int = Tiles.width) -> [Digest]? {
    let path = "\(folder)/\(Self.name(level: level, index: index, width: width))"
    guard let bytes = TileFile.read(path, count: 32 * width) else { return nil }
    return (0..<width).map { Digest(bytes: Array(bytes[32 * $0..<32 * $0 + 32])) }
  }

  /// The root of the complete subtree of `2^height` leaves that begins at leaf `index * 2^height`, in a
  /// tree of that size; nil where a tile is missing.
  func subtree(height: Int, index: Int, of size: Int) -> Digest? {
    let (level, above) = (height / Self.height, height % Self.height)
    let first = index << above
    let start = first % Self.width
    if let hashes = hashes(level, first / Self.width, of: size),
      start + (1 << above) <= hashes.count
    {
      return MerkleTree.foldComplete(Array(hashes[start..<start + (1 << above)]))
    }
    // A tile of a higher level that is not there yet follows from those below.
    guard level > 0, let left = subtree(height: height - 1, index: 2 * index, of: size),
      let right = subtree(height: height - 1, index: 2 * index + 1, of: size)
    else { return nil }
    return MerkleTree.nodeHash(left, right)
  }

  private func hashes(_ level: Int, _ index: Int, of size: Int) -> [Digest]? {
    if level > 0, let edge = Self.edge(level: level, size: size), edge.index == index {
      return hashes(level: level, index: index, width: edge.width)
    }
    return hashes(level: level, index: index)
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
    do throws(LogError) {
      try fill(number, with: bytes, path)
      guard unsafe rename(temporary, path) == 0 else { throw .last("write", path) }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  /// Writes every byte and closes; what was refused is told as it was, not what came after it.
  private static func fill(
    _ number: Int32, with bytes: [UInt8], _ path: String
  ) throws(LogError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let error = LogError.last("write", path)
        close(number)
        throw error
      }
      written += count
    }
    guard close(number) == 0 else { throw .last("write", path) }
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

  /// The names in a folder, in any order; none where it cannot be read.
  static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
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
