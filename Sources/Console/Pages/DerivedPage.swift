import Operations
import Records

/// What was made from people's records, as people read it.
enum DerivedPage {
  /// The files of one key and of the same data sets, a line.
  private struct Line: Hashable {
    let kind: DerivedSummary.Kind
    let key: Digest
    let datasets: [String]?
  }

  static func text(_ items: [DerivedSummary]?) -> String {
    guard let items else { return "unknown: this user may not read what is kept" }
    guard !items.isEmpty else { return "nothing derived from records is kept" }
    var table = Table([
      .words("kind"), .words("key"), .words("data sets"), .numbers("records"), .numbers("files"),
      .numbers("KiB"), .words("kept since"),
    ])
    let groups = Dictionary(grouping: items) {
      Line(kind: $0.kind, key: $0.key, datasets: $0.datasets)
    }
    var lines: [Line] = []
    for item in items {
      let line = Line(kind: item.kind, key: item.key, datasets: item.datasets)
      if !lines.contains(line) { lines.append(line) }
    }
    for line in lines { table.add(cells(line, groups[line] ?? [])) }
    return table.text
  }

  private static func cells(_ line: Line, _ items: [DerivedSummary]) -> [String] {
    let records = items.compactMap(\.records)
    return [
      line.kind.rawValue, line.key.short,
      line.datasets?.joined(separator: ", ") ?? "does not verify",
      records.count == items.count ? String(records.reduce(0, +)) : "?", String(items.count),
      items.contains { $0.byteCount == nil } ? "missing" : kibibytes(items),
      items.compactMap(\.keptAt).min(by: ByteOrder.precedes) ?? "",
    ]
  }

  static func discarded(_ items: [DerivedSummary]) -> String {
    items.isEmpty
      ? "there was nothing to discard"
      : "discarded \(items.count) \(items.count == 1 ? "file" : "files") of derived data, "
        + "\(kibibytes(items)) KiB"
  }

  private static func kibibytes(_ items: [DerivedSummary]) -> String {
    String((items.reduce(0) { $0 + ($1.byteCount ?? 0) } + 1023) / 1024)
  }
}
