package import Records

extension Manifest {
  /// The keys by which records say whom they are about, sorted.
  package var subjectKeys: [String] {
    Set(records.flatMap { $0.subjects.keys }).sorted()
  }

  /// The keys a selector can use.
  package var selectorKeys: [String] { ["class", "record"] + subjectKeys }

  /// The records of a split that a selector means.
  ///
  /// Keys are `class` (a label's number or name), `record` (an id) and the subject keys. Every
  /// value must exist, so that a mistyped one cannot make the set smaller unnoticed.
  ///
  /// - Parameters:
  ///   - selector: Whose records; `record=@file` is expanded before.
  ///   - split: The part of the data set, or nil for all of it. Only `.training` must not be
  ///     empty: a person may well have no test records.
  /// - Returns: Positions in the manifest.
  /// - Throws: `DatasetError` naming the key or value no record has and those there are, or saying
  ///   that test records alone match.
  package func selection(
    matching selector: Selector, in split: Split? = .training
  ) throws(DatasetError) -> RecordSelection {
    var matching = Set<Int>()
    for terms in selector.alternatives {
      let found = try positions(matching: terms)
      guard !found.isEmpty else {
        let text = terms.map { "\($0.key)=\($0.values.joined(separator: "+"))" }
        throw .nothingMatches(
          selector: text.joined(separator: ","), dataset: dataset, keys: selectorKeys)
      }
      matching.formUnion(found)
    }
    let selection = RecordSelection(
      matching.filter { split == nil || records[$0].split == split })
    guard !selection.isEmpty || split != .training else {
      throw .testRecordsOnly(
        selector: selector.canonicalText, dataset: dataset, recordCount: matching.count,
        keys: selectorKeys)
    }
    return selection
  }

  private func positions(matching terms: [Selector.Term]) throws(DatasetError) -> [Int] {
    var positions = Array(records.indices)
    for term in terms {
      switch term.key {
      case "class":
        let labels = try labels(named: term.values)
        positions.removeAll { !labels.contains(records[$0].label) }
      case "record":
        try require(term.values, of: "record", among: records.map(\.id))
        let ids = Set(term.values)
        positions.removeAll { !ids.contains(records[$0].id) }
      default:
        guard subjectKeys.contains(term.key) else { throw unknownKey(term.key) }
        let key = term.key
        try require(term.values, of: key, among: records.compactMap { $0.subjects[key] })
        let values = Set(term.values)
        positions.removeAll { position in
          records[position].subjects[key].map { !values.contains($0) } ?? true
        }
      }
    }
    return positions
  }

  private func require(
    _ values: [String], of key: String, among known: [String]
  ) throws(DatasetError) {
    let existing = Set(known)
    guard let stranger = values.first(where: { !existing.contains($0) }) else { return }
    throw .unknownValue(stranger, of: key, among: SortedValues.sorted(existing))
  }

  private func unknownKey(_ key: String) -> DatasetError {
    .unknownKey(key, known: selectorKeys, nearest: Spelling.nearest(to: key, among: selectorKeys))
  }

  /// The labels meant by class names or numbers, or by `name:…` and `label:…`.
  private func labels(named texts: [String]) throws(DatasetError) -> Set<Int> {
    var labels = Set<Int>()
    for text in texts {
      // Names that read the same, in whatever normal form they are written, are the same name.
      let named = labelNames.indices.filter {
        labelNames[$0] == text || "name:\(labelNames[$0])" == text
      }
      let numbered = labelNames.indices.first { "\($0)" == text || "label:\($0)" == text }
      if let numbered, let other = named.first(where: { $0 != numbered }) {
        throw .ambiguousClass(text, named: other, numbered: numbered)
      }
      guard numbered != nil || !named.isEmpty else {
        throw .unknownValue(text, of: "class", among: labelNames)
      }
      labels.formUnion(named)
      if let numbered { labels.insert(numbered) }
    }
    return labels
  }
}

extension DatasetError {
  /// An unknown value with what it can be; a number is too near all others to propose one.
  static func unknownValue(
    _ value: String, of key: String, among known: [String]
  ) -> DatasetError {
    .unknownValue(
      key: key, value: value, known: Array(known.prefix(20)), knownCount: known.count,
      nearest: Int(value) == nil ? Spelling.nearest(to: value, among: known) : nil)
  }
}

/// Orders values as a person expects: whole numbers by size, before other texts.
enum SortedValues {
  static func sorted(_ values: some Sequence<String>) -> [String] {
    values.sorted { left, right in
      switch (Int(left), Int(right)) {
      case (.some(let a), .some(let b)) where a != b: a < b
      case (.some, .none): true
      case (.none, .some): false
      default: left < right
      }
    }
  }
}
