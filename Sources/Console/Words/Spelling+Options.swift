import Records

extension Spelling {
  /// The option that is meant by a mistyped one, whether long or of one letter.
  static func nearest(toOption word: String, among names: [String]) -> String? {
    let letters = Array(word)
    if letters.count == 2, letters[0] == "-" {
      return names.first { $0.hasPrefix("--\(letters[1].lowercased())") }
    }
    return nearest(to: word, among: names)
  }
}
