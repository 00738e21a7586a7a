/// Finds what was probably meant by a mistyped word.
enum NearestText {
  /// The candidate with the fewest edits, when they are at most a third of its length and one.
  static func nearest(to text: String, in candidates: [String]) -> String? {
    guard text.count <= 64 else { return nil }
    let ranked = candidates.map { (edits: distance(text.lowercased(), $0.lowercased()), $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.edits <= best.1.count / 3 + 1 else {
      return nil
    }
    return best.1
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
