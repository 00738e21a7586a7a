/// Finds what somebody meant who mistyped.
package enum Spelling {
  /// The candidate nearest to the word, when one is near enough to be proposed.
  ///
  /// Near enough is one edit for three letters, or a candidate that the word begins. Of equally near
  /// ones the first is taken.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    // Nobody mistypes a word of this length, and the comparison is quadratic.
    guard (1...64).contains(letters.count) else { return nil }
    var best: (candidate: String, edits: Int)?
    for candidate in candidates {
      let edits = distance(letters, Array(candidate.lowercased().unicodeScalars))
      if edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    if let best, best.edits <= max(1, letters.count / 3) { return best.candidate }
    return letters.filter { $0.properties.isAlphabetic }.count < 3
      ? nil : candidates.first { $0.lowercased().hasPrefix(word.lowercased()) }
  }

  /// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
  ///
  /// The optimal string alignment distance; cost is the product of the lengths.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          edits = min(edits, before[j - 1] + 1)
        }
        row.append(edits)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
