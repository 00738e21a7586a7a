/// Finds what was probably meant by a mistyped word.
enum NearestText {
  /// The one candidate with the fewest edits, when they are at most a third of its length and one.
  ///
  /// Nil when two are equally near, or nothing is; at most a thousand candidates are compared.
  static func nearest(to text: String, in candidates: [String]) -> String? {
    guard text.count <= 64, candidates.count <= 1000 else { return nil }
    let ranked = candidates.filter { $0.count <= 64 }
      .map { (edits: distance(text.lowercased(), $0.lowercased()), candidate: $0) }
      .sorted { $0.edits < $1.edits }
    guard let best = ranked.first, best.edits <= best.candidate.count / 3 + 1,
      ranked.count == 1 || ranked[1].edits > best.edits
    else { return nil }
    return best.candidate
  }

  /// The Levenshtein distance: insertions, deletions and substitutions of characters.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let substituted = previous[column] + (character == other ? 0 : 1)
        current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
