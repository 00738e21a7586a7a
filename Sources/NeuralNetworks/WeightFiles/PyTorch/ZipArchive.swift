/// A zip file as PyTorch writes them: stored members only, one behind the other.
///
/// Stricter than other readers (PKWARE APPNOTE 6.3.10): no compression, encryption, comment, duplicate
/// name, overlap, foreign bytes between members or behind the end. The checksums are checked by who reads the members.
struct ZipArchive {
  /// One member as the central directory describes it.
  struct Member {
    let name: String
    let checksum: UInt32
    let headerOffset: Int
    let size: Int
  }

  /// Where a member's bytes lie in the file, and their CRC-32.
  struct Content {
    let name: String
    let range: Range<Int>
    let checksum: UInt32
  }

  static let memberLimit = 1 << 16
  /// Of all that the directory says of the members, in bytes.
  private static let directoryLimit = 1 << 26
  private static let headerSize = 30
  private static let endSize = 22
  private static let endSignature: UInt32 = 0x0605_4B50
  private static let longEndSize = 56
  private static let longEndSignature: UInt32 = 0x0606_4B50
  private static let longEndLocatorSize = 20
  private static let longEndLocatorSignature: UInt32 = 0x0706_4B50
  private static let directorySignature: UInt32 = 0x0201_4B50
  private static let headerSignature: UInt32 = 0x0403_4B50
  private static let descriptorSignature: UInt32 = 0x0807_4B50

  let members: [String: Content]

  /// Reads the directory, and checks every member's own header against it.
  ///
  /// - Throws: `WeightFileError` naming the member and what is wrong with it.
  init(_ bytes: StoredBytes) throws(WeightFileError) {
    let (count, directory) = try Self.directory(bytes)
    var reader = try ByteReader(bytes, directory)
    var list: [Member] = []
    for _ in 0..<count { list.append(try Self.member(&reader)) }
    guard reader.remaining == 0 else {
      throw WeightFileError("the zip directory is longer than its \(count) members")
    }
    list.sort { $0.headerOffset < $1.headerOffset }
    var members: [String: Content] = [:]
    var place = 0
    for (index, member) in list.enumerated() {
      let next = index + 1 < list.count ? list[index + 1].headerOffset : directory.lowerBound
      guard member.headerOffset == place, next <= directory.lowerBound else {
        throw WeightFileError("the zip members around '\(member.name)' do not follow one another")
      }
      let range = try Self.range(of: member, bytes, until: next)
      let content = Content(name: member.name, range: range, checksum: member.checksum)
      guard members.updateValue(content, forKey: member.name) == nil else {
        throw WeightFileError("two zip members are called '\(member.name)'")
      }
      place = next
    }
    guard place == directory.lowerBound else {
      throw WeightFileError("the zip file has no members")
    }
    self.members = members
  }

  /// The number of members and the place of the central directory, from the record at the very end.
  private static func directory(
    _ bytes: StoredBytes
  ) throws(WeightFileError) -> (count: Int, range: Range<Int>) {
    let place = bytes.count - endSize
    guard place >= 0 else { throw WeightFileError("the zip file has \(bytes.count) bytes") }
    var reader = try ByteReader(bytes, place..<bytes.count)
    guard try reader.word() == endSignature, try reader.word(UInt32.self) == 0 else {
      throw WeightFileError("the zip file does not end with its directory's end record")
    }
    let count = Int(try reader.word(UInt16.self))
    let total = Int(try reader.word(UInt16.self))
    let size = Int(try reader.word(UInt32.self))
    let start = Int(try reader.word(UInt32.self))
    guard count == total, try reader.word(UInt16.self) == 0, count < memberLimit - 1,
      size != Int(UInt32.max), start != Int(UInt32.max)
    else { throw WeightFileError("the zip file has a comment, several parts, or 4 GB and more") }
    let end = start + size
    guard end <= place else {
      throw WeightFileError("the zip directory ends at byte \(end), behind its end record")
    }
    guard size <= directoryLimit else {
      throw WeightFileError(
        "the zip directory has \(size) bytes; at most \(directoryLimit) are accepted")
    }
    try checkLongEnd(bytes, end..<place, count, start..<end)
    return (count, start..<end)
  }

  /// The 64-bit end record that PyTorch writes, too, must say the same.
  private static func checkLongEnd(
    _ bytes: StoredBytes, _ range: Range<Int>, _ count: Int, _ directory: Range<Int>
  ) throws(WeightFileError) {
    guard !range.isEmpty else { return }
    guard range.count == longEndSize + longEndLocatorSize else {
      throw WeightFileError("foreign bytes follow the zip directory")
    }
    var reader = try ByteReader(bytes, range)
    guard try reader.word() == longEndSignature, try reader.word() == UInt64(longEndSize - 12)
    else { throw WeightFileError("foreign bytes follow the zip directory") }
    _ = try reader.skip(4)  // The versions that made it and that it needs.
    let (part, entries, entriesInPart) = (
      try reader.word(UInt64.self), try reader.word(UInt64.self), try reader.word(UInt64.self)
    )
    let (size, start) = (try reader.word(UInt64.self), try reader.word(UInt64.self))
    let (locator, firstPart) = (try reader.word(UInt32.self), try reader.word(UInt32.self))
    let (place, parts) = (try reader.word(UInt64.self), try reader.word(UInt32.self))
    let agrees =
      part == 0 && entries == count && entriesInPart == count && size == directory.count
      && start == directory.lowerBound && locator == longEndLocatorSignature && firstPart == 0
      && place == range.lowerBound && parts == 1
    guard agrees else { throw WeightFileError("the two end records of the zip file differ") }
  }

  /// The next entry of the central directory.
  private static func member(_ reader: inout ByteReader) throws(WeightFileError) -> Member {
    guard try reader.word() == directorySignature else {
      throw WeightFileError("the zip directory has no entry at byte \(reader.position - 4)")
    }
    _ = try reader.skip(4)  // Versions.
    let flags = try reader.word(UInt16.self)
    let method = try reader.word(UInt16.self)
    _ = try reader.skip(4)  // Time and date.
    let checksum = try reader.word(UInt32.self)
    let stored = try reader.word(UInt32.self)
    let size = try reader.word(UInt32.self)
    let nameLength = Int(try reader.word(UInt16.self))
    let extraLength = Int(try reader.word(UInt16.self))
    let commentLength = Int(try reader.word(UInt16.self))
    _ = try reader.skip(8)  // Part and attributes.
    let offset = try reader.word(UInt32.self)
    let name = try reader.text(nameLength)
    _ = try reader.skip(extraLength + commentLength)
    guard method == 0, flags & ~0x0808 == 0 else {
      throw WeightFileError("the zip member '\(name)' is compressed or encrypted")
    }
    guard stored == size, size != .max, offset != .max, commentLength == 0 else {
      throw WeightFileError("the zip member '\(name)' has a comment, or sizes that cannot be")
    }
    return Member(
      name: name, checksum: checksum, headerOffset: Int(offset), size: Int(size))
  }

  /// Where a member's bytes lie; its own header and descriptor must agree with the directory.
  private static func range(
    of member: Member, _ bytes: StoredBytes, until next: Int
  ) throws(WeightFileError) -> Range<Int> {
    guard member.headerOffset <= next else {
      throw WeightFileError("the zip member '\(member.name)' begins outside of the members")
    }
    func reader(at place: Int, _ length: Int) throws(WeightFileError) -> ByteReader {
      try ByteReader(bytes, place..<min(next, place + length))
    }
    var fields = try reader(at: member.headerOffset, headerSize)
    let size = UInt32(member.size)
    let signature = try fields.word(UInt32.self)
    _ = try fields.skip(2)  // The version needed.
    let flags = try fields.word(UInt16.self)
    let method = try fields.word(UInt16.self)
    _ = try fields.skip(4)  // Time and date.
    let summary = [try fields.word(UInt32.self), try fields.word(), try fields.word()]
    let nameLength = Int(try fields.word(UInt16.self))
    let extraLength = Int(try fields.word(UInt16.self))
    var names = try reader(at: fields.position, nameLength + extraLength)
    let name = try names.text(nameLength)
    _ = try names.skip(extraLength)
    let start = names.position
    guard member.size <= next - start else {
      throw WeightFileError(
        "the zip member '\(name)' has \(member.size) bytes, but only \(next - start) follow")
    }
    let range = start..<start + member.size
    let isDescribed = summary == [member.checksum, size, size]
    let follows = flags & 8 != 0
    guard signature == headerSignature, method == 0, flags & ~0x0808 == 0, name == member.name,
      isDescribed || (follows && summary == [0, 0, 0])
    else { throw WeightFileError("the zip member '\(member.name)' differs from the directory") }
    let descriptorSize =
      follows ? try descriptorSize(of: member, bytes, range.upperBound..<next) : 0
    let foreign = next - range.upperBound - descriptorSize
    guard foreign == 0 else {
      throw WeightFileError("\(foreign) foreign bytes follow the zip member '\(name)'")
    }
    return range
  }

  /// The size of the descriptor behind the bytes of a member, with sizes of 32 or of 64 bits.
  private static func descriptorSize(
    of member: Member, _ bytes: StoredBytes, _ range: Range<Int>
  ) throws(WeightFileError) -> Int {
    let isLong = range.count == 24
    var reader = try ByteReader(
      bytes, range.lowerBound..<min(range.upperBound, range.lowerBound + 24))
    guard try reader.word() == descriptorSignature, try reader.word() == member.checksum else {
      throw WeightFileError("the descriptor of the zip member '\(member.name)' is wrong")
    }
    for _ in 0..<2 {
      let size = isLong ? try reader.word(UInt64.self) : UInt64(try reader.word(UInt32.self))
      guard size == UInt64(member.size) else {
        throw WeightFileError("the descriptor of the zip member '\(member.name)' is wrong")
      }
    }
    return isLong ? 24 : 16
  }
}
