package import Records

/// The size and root of a log at some time, written `23:9b75…`.
package struct LogHeadReference: Hashable, Sendable {
  package let size: Int
  package let root: Digest

  /// Reads a whole number, a colon and 64 hexadecimal digits; anything else is nil.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let size = Int(parts[0]), size >= 0, String(size) == parts[0],
      let root = Digest(hex: parts[1])
    else { return nil }
    self.size = size
    self.root = root
  }
}

extension Reader where Value == LogHeadReference {
  static var head: Reader {
    Reader(placeholder: "SIZE:ROOT") { (word) throws(Unreadable) in
      guard let head = LogHeadReference(word) else {
        throw Unreadable(expected: "a size, a colon and a root of 64 hexadecimal digits")
      }
      return head
    }
  }
}
