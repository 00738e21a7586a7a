import Operations
import Records

/// What was made from people's records, as people read it.
enum DerivedPage {
  static func text(_ items: [DerivedSummary]) -> String {
    guard !items.isEmpty else { return "nothing derived from records is kept" }
    var table = Table([
      .words("kind"), .words("data sets"), .numbers("records"), .numbers("KiB"), .words("kept"),
      .words("digest"),
    ])
    for item in items {
      table.add([
        item.kind.rawValue, item.datasets?.joined(separator: ", ") ?? "does not verify",
        item.records.map(String.init) ?? "?",
        item.byteCount.map { String(($0 + 1023) / 1024) } ?? "missing", item.keptAt ?? "",
        item.digest.short,
      ])
    }
    return table.text
  }

  static func discarded(_ items: [DerivedSummary]) -> String {
    let bytes = items.reduce(0) { $0 + ($1.byteCount ?? 0) }
    return items.isEmpty
      ? "there was nothing to discard"
      : "discarded \(items.count) \(items.count == 1 ? "file" : "files") of derived data, "
        + "\((bytes + 1023) / 1024) KiB"
  }
}
