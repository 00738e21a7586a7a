/// Proposes the right name for a mistyped one.
package enum NearestName {
  /// The name with the smallest edit distance, when it is small enough to be a slip.
  ///
  /// - Returns: the first of the nearest, nil when more than a third of the letters (and more than
  ///   one) would have to change.
  package static func of(_ name: String, among names: [String]) -> String? {
    guard name.utf8.count <= 200 else { return nil }
    let limit = max(1, name.utf8.count / 3)
    return names.map { ($0, distance(name, $0)) }
      .filter { $0.1 <= limit }
      .min { $0.1 < $1.1 }?.0
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  package static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first.lowercased()), Array(second.lowercased()))
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in 0..<first.count {
      var current = [row + 1]
      for column in 0..<second.count {
        let isSame = first[row] == second[column]
        var best = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, first[row] == second[column - 1],
          first[row - 1] == second[column]
        {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }
}
