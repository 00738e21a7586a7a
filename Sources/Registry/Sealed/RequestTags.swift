import Records
import Signing

/// Of each case a byte of a keyed hash of its request's id and one of its subject: which sealed parts a
/// look-up has to open.
///
/// A byte leaves one case in 256 besides the right one, and is too little to say whose a case was once
/// its own part is erased.
struct RequestTags: Hashable, Codable {
  /// Thirty-two random bytes, as hexadecimal digits.
  private let key: String
  /// Two digits a case, in the order of the log; `--` where nothing could be read.
  private(set) var ids = ""
  private(set) var subjects = ""

  private static let unread = "--"

  init(key: [UInt8]) { self.key = Hexadecimal.encode(key) }

  /// How many cases have tags.
  var count: Int { ids.utf8.count / 2 }

  /// Whether what was read is a tag of each case and nothing else.
  var isSound: Bool {
    key.utf8.count == 64 && ids.utf8.count % 2 == 0 && ids.utf8.count == subjects.utf8.count
  }

  /// Takes the next case; nil for one whose sealed part cannot be read.
  mutating func append(_ opening: RequestOpening?) {
    ids += opening.map { tag(of: $0.id, for: "id") } ?? Self.unread
    subjects += opening.map { tag(of: $0.subject, for: "subject") } ?? Self.unread
  }

  /// Takes over what other tags say of a case.
  mutating func append(_ ordinal: Int, of other: RequestTags) {
    ids += Self.tag(ordinal, in: other.ids)
    subjects += Self.tag(ordinal, in: other.subjects)
  }

  func isRead(_ ordinal: Int) -> Bool { Self.tag(ordinal, in: ids) != Self.unread }

  /// Tags under the same key, of no case yet.
  var emptied: RequestTags {
    var empty = self
    empty.ids = ""
    empty.subjects = ""
    return empty
  }

  /// Whether the tags of a case are those of what is sealed of it.
  func fits(_ ordinal: Int, _ opening: RequestOpening) -> Bool {
    Self.tag(ordinal, in: ids) == tag(of: opening.id, for: "id")
      && Self.tag(ordinal, in: subjects) == tag(of: opening.subject, for: "subject")
  }

  /// The cases whose request may have that id, by their ordinals.
  func cases(withID id: String) -> [Int] { Self.places(of: tag(of: id, for: "id"), in: ids) }

  /// The cases whose request may have that subject, by its canonical text.
  func cases(withSubject subject: String) -> [Int] {
    Self.places(of: tag(of: subject, for: "subject"), in: subjects)
  }

  private func tag(of text: String, for use: String) -> String {
    // Texts that read the same are one id and one subject.
    let text = text.normalFormC
    let code = HMACSHA256.code(key: Array(key.utf8), message: Array("\(use) \(text)".utf8))
    return String(code.hex.prefix(2))
  }

  private static func tag(_ ordinal: Int, in tags: String) -> String {
    let start = tags.utf8.index(tags.startIndex, offsetBy: 2 * ordinal)
    return String(tags[start..<tags.utf8.index(start, offsetBy: 2)])
  }

  private static func places(of tag: String, in tags: String) -> [Int] {
    let (tag, unread, all) = (Array(tag.utf8), Array(unread.utf8), Array(tags.utf8))
    return (0..<all.count / 2).filter {
      let own = all[2 * $0..<2 * $0 + 2]
      return own.elementsEqual(tag) || own.elementsEqual(unread)
    }
  }
}
