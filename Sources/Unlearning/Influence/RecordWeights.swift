/// From influences to the weights of the records in the loss: ŵ_i = √|I_i|, clipped.
package enum RecordWeights {
  /// Which records are taken.
  package enum Selection: String, Sendable, CaseIterable {
    /// Every record, so that none of a person's records is left out.
    case all
    /// Those with I < 0 only, as in the paper's Algorithm 1.
    case negative
  }

  /// One weight a record; 0 is a record not taken.
  ///
  /// Of the selected records those with the largest |I| are taken, ⌊topRatio·count⌋ but at least
  /// one; √|I| is clipped at the given quantile of the taken records (algorithms A.1.2, 3 and 4).
  package static func weights(
    of influence: [Double], selection: Selection, topRatio: Double, clipQuantile: Double
  ) -> [Double] {
    let selected = influence.indices.filter { selection == .all || influence[$0] < 0 }
    let ranked = selected.sorted {
      let (first, second) = (abs(influence[$0]), abs(influence[$1]))
      return first == second ? $0 < $1 : first > second
    }
    guard !ranked.isEmpty else { return influence.map { _ in 0 } }
    let taken = ranked.prefix(max(Int(topRatio * Double(ranked.count)), 1))
    let roots = taken.map { abs(influence[$0]).squareRoot() }
    let limit = quantile(clipQuantile, of: roots)
    var weights = influence.map { _ in 0.0 }
    for (index, root) in zip(taken, roots) { weights[index] = min(root, limit) }
    return weights
  }

  /// The quantile of the values by linear interpolation, as NumPy computes it, rounding included.
  ///
  /// `q` lies in 0 ... 1 and there is at least one value.
  package static func quantile(_ q: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    let position = q * Double(sorted.count - 1)
    let below = Int(position)
    let low = sorted[below]
    let high = sorted[min(below + 1, sorted.count - 1)]
    let fraction = position - Double(below)
    return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
  }
}
