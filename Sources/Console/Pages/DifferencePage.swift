import Operations
import Records

/// What differs between two versions, as people read it.
enum DifferencePage {
  static func text(_ difference: VersionDifference) -> String {
    let changed = difference.tensors.filter { $0.changedCount > 0 }
    var table = Table([
      .words("tensor"), .words("part"), .numbers("changed"), .numbers("of"),
      .numbers("relative change"),
    ])
    for tensor in changed {
      table.add([
        tensor.name, part(tensor.part), String(tensor.changedCount), String(tensor.elementCount),
        tensor.relativeChangePartsPerMillion.map(Percent.text(partsPerMillion:)) ?? "from zero",
      ])
    }
    let (old, new) = (difference.from.shortVersion, difference.to.shortVersion)
    let count = "\(changed.count) of \(difference.tensors.count) tensors differ"
    let lines = [
      "\(count) between \(old) and \(new); " + extractor(changed),
      difference.sameConfiguration ? nil : "their configurations differ, too",
    ].compactMap { $0 }
    return (changed.isEmpty ? "" : table.text + "\n") + lines.joined(separator: "\n")
  }

  private static func extractor(_ changed: [TensorChange]) -> String {
    changed.contains { $0.part != .classifierParameter }
      ? "the extractor is changed" : "the extractor is unchanged"
  }

  private static func part(_ part: TensorChange.Part) -> String {
    switch part {
    case .extractorParameter: "extractor"
    case .extractorBuffer: "extractor, statistics"
    case .classifierParameter: "classifier"
    }
  }
}
