import Records

/// Which parts of the network changed, a line a part.
enum TensorSummary {
  static func table(_ tensors: [TensorChange]) -> Table {
    Table(
      "Changed tensors and buffers",
      columns: [
        .init("Part"), .init("Tensors changed", isNumeric: true),
        .init("Numbers changed", isNumeric: true),
        .init("Largest relative change", isNumeric: true),
      ],
      rows: [.extractorParameter, .extractorBuffer, .classifierParameter].compactMap {
        part in row(part, tensors.filter { $0.part == part })
      })
  }

  private static func row(_ part: TensorChange.Part, _ tensors: [TensorChange]) -> [Phrase]? {
    guard !tensors.isEmpty else { return nil }
    let changed = tensors.filter { $0.changedCount > 0 }
    let largest = changed.compactMap(\.relativeChangePartsPerMillion).max()
    return [
      Phrase(name(part)),
      "\(Number.grouped(changed.count)) of \(Number.grouped(tensors.count))",
      "\(Number.grouped(sum(tensors, \.changedCount))) of \(Number.grouped(sum(tensors, \.elementCount)))",
      changed.isEmpty ? "none" : largest.map { Phrase(Number.text($0, .decimal)) } ?? .missing,
    ]
  }

  private static func sum(_ tensors: [TensorChange], _ count: KeyPath<TensorChange, Int>) -> Int {
    tensors.reduce(0) { $0 + $1[keyPath: count] }
  }

  private static func name(_ part: TensorChange.Part) -> String {
    switch part {
    case .extractorParameter: "feature extractor, weights"
    case .extractorBuffer: "feature extractor, running statistics"
    case .classifierParameter: "classifier, weights"
    }
  }
}
