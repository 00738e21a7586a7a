import Datasets
import Records
import Registry

extension Manifest {
  /// The records of a split about anybody a selector means, also where the data set knows only some
  /// of its keys and values.
  ///
  /// A request for a group must keep out those of the group that are there; that others are not does
  /// not matter. Escapes in a selector's text leave `|`, `,` and `+` to mean what they do.
  func records(aboutAnybodyIn group: Selector, in split: Split) -> RecordSelection {
    let alternatives = group.canonicalText.split(separator: "|").map { alternative -> Set<Int> in
      let terms = alternative.split(separator: ",").map { positions(matchingTerm: $0, in: split) }
      return terms.dropFirst().reduce(terms.first ?? []) { $0.intersection($1) }
    }
    return RecordSelection(alternatives.reduce(into: Set<Int>()) { $0.formUnion($1) })
  }

  private func positions(matchingTerm term: Substring, in split: Split) -> Set<Int> {
    guard let equals = term.firstIndex(of: "=") else { return [] }
    let values = term[term.index(after: equals)...].split(separator: "+")
    // One selection for all values, or, where some are not known here, one for each that is.
    if let all = positions(String(term), in: split) { return all }
    return values.reduce(into: []) { found, value in
      found.formUnion(positions("\(term[..<equals])=\(value)", in: split) ?? [])
    }
  }

  private func positions(_ text: String, in split: Split) -> Set<Int>? {
    guard let selector = try? Selector(text) else { return nil }
    return (try? selection(matching: selector, in: split)).map { Set($0.indices) }
  }
}

extension Material {
  /// The records of a split about anybody a selector means, data set by data set; maybe none.
  func records(aboutAnybodyIn group: Selector, in split: Split) -> RecordsByManifest {
    var records: RecordsByManifest = [:]
    for source in sources {
      let found = source.manifest.records(aboutAnybodyIn: group, in: split)
      if !found.isEmpty { records[source.manifestDigest] = found }
    }
    return records
  }
}
