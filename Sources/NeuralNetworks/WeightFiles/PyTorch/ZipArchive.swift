/// A zip file as PyTorch writes them: stored members only, one behind the other, every byte checked.
///
/// Stricter than other readers (PKWARE APPNOTE 6.3.10): no compression, encryption, comment, duplicate
/// name, overlap, foreign bytes between members or behind the end; every checksum must be right.
struct ZipArchive {
  /// One member as the central directory describes it.
  struct Member {
    let name: String
    let checksum: UInt32
    let headerOffset: Int
    let size: Int
  }

  static let memberLimit = 1 << 16
  private static let endSize = 22
  private static let endSignature: UInt32 = 0x0605_4B50
  private static let longEndSize = 56
  private static let longEndSignature: UInt32 = 0x0606_4B50
  private static let longEndLocatorSize = 20
  private static let longEndLocatorSignature: UInt32 = 0x0706_4B50
  private static let directorySignature: UInt32 = 0x0201_4B50
  private static let headerSignature: UInt32 = 0x0403_4B50
  private static let descriptorSignature: UInt32 = 0x0807_4B50

  /// Where each member's bytes lie in the file.
  let members: [String: Range<Int>]

  /// Reads the directory, and checks every member against it.
  ///
  /// - Throws: `WeightFileError` naming the member and what is wrong with it.
  init(_ bytes: [UInt8]) throws(WeightFileError) {
    let (count, directory) = try Self.directory(bytes)
    var reader = ByteReader(bytes, directory)
    var list: [Member] = []
    for _ in 0..<count { list.append(try Self.member(&reader)) }
    guard reader.remaining == 0 else {
      throw WeightFileError("the zip directory is longer than its \(count) members")
    }
    list.sort { $0.headerOffset < $1.headerOffset }
    var members: [String: Range<Int>] = [:]
    var place = 0
    for (index, member) in list.enumerated() {
      let next = index + 1 < list.count ? list[index + 1].headerOffset : directory.lowerBound
      guard member.headerOffset == place, next <= directory.lowerBound else {
        throw WeightFileError("the zip members around '\(member.name)' do not follow one another")
      }
      let data = try Self.data(of: member, bytes, until: next)
      guard members.updateValue(data, forKey: member.name) == nil else {
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
    _ bytes: [UInt8]
  ) throws(WeightFileError) -> (count: Int, range: Range<Int>) {
    let place = bytes.count - endSize
    guard place >= 0 else { throw WeightFileError("the zip file has \(bytes.count) bytes") }
    var reader = ByteReader(bytes, place..<bytes.count)
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
    try checkLongEnd(bytes, end..<place, count, start..<end)
    return (count, start..<end)
  }

  /// The 64-bit end record that PyTorch writes, too, must say the same.
  private static func checkLongEnd(
    _ bytes: [UInt8], _ range: Range<Int>, _ count: Int, _ directory: Range<Int>
  ) throws(WeightFileError) {
    guard !range.isEmpty else { return }
    var reader = ByteReader(bytes, range)
    guard range.count == longEndSize + longEndLocatorSize,
      try reader.word() == longEndSignature, try reader.word() == UInt64(longEndSize - 12)
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

  /// The bytes of a member, whose own header, checksum and descriptor must agree with the directory.
  private static func data(
    of member: Member, _ bytes: [UInt8], until next: Int
  ) throws(WeightFileError) -> Range<Int> {
    guard member.headerOffset <= next else {
      throw WeightFileError("the zip member '\(member.name)' begins outside of the members")
    }
    var reader = ByteReader(bytes, member.headerOffset..<next)
    let size = UInt32(member.size)
    let signature = try reader.word(UInt32.self)
    _ = try reader.skip(2)  // The version needed.
    let flags = try reader.word(UInt16.self)
    let method = try reader.word(UInt16.self)
    _ = try reader.skip(4)  // Time and date.
    let summary = [try reader.word(UInt32.self), try reader.word(), try reader.word()]
    let nameLength = Int(try reader.word(UInt16.self))
    let extraLength = Int(try reader.word(UInt16.self))
    let name = try reader.text(nameLength)
    _ = try reader.skip(extraLength)
    let range = try reader.skip(member.size)
    let isDescribed = summary == [member.checksum, size, size]
    let follows = flags & 8 != 0
    guard signature == headerSignature, method == 0, flags & ~0x0808 == 0, name == member.name,
      isDescribed || (follows && summary == [0, 0, 0])
    else { throw WeightFileError("the zip member '\(member.name)' differs from the directory") }
    if follows { try checkDescriptor(of: member, &reader) }
    guard reader.remaining == 0 else {
      throw WeightFileError("\(reader.remaining) foreign bytes follow the zip member '\(name)'")
    }
    guard CRC32.checksum(bytes, range) == member.checksum else {
      throw WeightFileError(
        "the checksum of the zip member '\(name)' is wrong; the file is damaged")
    }
    return range
  }

  /// The descriptor behind the bytes of a member, with sizes of 32 or of 64 bits.
  private static func checkDescriptor(
    of member: Member, _ reader: inout ByteReader
  ) throws(WeightFileError) {
    let isLong = reader.remaining == 24
    guard try reader.word() == descriptorSignature, try reader.word() == member.checksum else {
      throw WeightFileError("the descriptor of the zip member '\(member.name)' is wrong")
    }
    for _ in 0..<2 {
      let size = isLong ? try reader.word(UInt64.self) : UInt64(try reader.word(UInt32.self))
      guard size == UInt64(member.size) else {
        throw WeightFileError("the descriptor of the zip member '\(member.name)' is wrong")
      }
    }
  }
}
