import Records

extension Selector {
  /// The options that select the same on a command line, such as `--subject pid=1`.
  ///
  /// Words that a shell would read otherwise are quoted.
  func options(_ name: String) -> String {
    canonicalText.split(separator: "|").map { "\(name) \(Self.quoted($0))" }
      .joined(separator: " ")
  }

  private static func quoted(_ term: Substring) -> String {
    let isPlain = term.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "=,+._-:@%/".utf8.contains(byte)
      }
    }
    return isPlain
      ? String(term)
      : "'"
        + term.split(
          separator: "'", omittingEmptySubsequences: false
        ).joined(separator: "'\\''") + "'"
  }
}
