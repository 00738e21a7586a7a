import Records

/// Histograms of one quantity on the forget set, mirrored against records no version ever saw.
enum ConfidenceHistogram {
  private static let left = 600
  private static let right = 4380
  private static let half = 500

  /// What one panel compares.
  private struct Panel {
    let role: Role
    let above: Distribution
    let below: Distribution?
  }

  static func figure(_ quantity: String, _ distributions: [Distribution], id: String) -> Figure? {
    let usable = distributions.filter { !$0.counts.isEmpty && $0.counts.allSatisfy { $0 >= 0 } }
    let panels = Role.inTime.flatMap { role in self.panels(role, usable.filter { $0.role == role })
    }
    guard !panels.isEmpty else { return nil }
    let series = panels.flatMap { [$0.above] + ($0.below.map { [$0] } ?? []) }
    var drawing = Drawing(
      id: id, title: "Histogram of \(quantity)",
      description: series.map(description).joined(separator: " "))
    let most = max(1, series.map(greatestShare).max() ?? 1)
    var y = 0
    for panel in panels { draw(panel, in: &drawing, most: most, y: &y) }
    return Figure(
      title: Wording.capitalised(quantity),
      caption:
        "Records by \(quantity). A version that has forgotten treats the forget set and records it never saw alike.",
      legend:
        "Bars are shares of each group, all on one scale; filled bars far from outlined ones give the person away.",
      drawing: drawing.svg(height: y), table: table(quantity, series))
  }

  private static func panels(_ role: Role, _ series: [Distribution]) -> [Panel] {
    guard let forget = series.first(where: isForgetSet) else {
      return series.map { Panel(role: role, above: $0, below: nil) }
    }
    let others = series.filter { $0 != forget }
    if others.isEmpty { return [Panel(role: role, above: forget, below: nil)] }
    return others.map { Panel(role: role, above: forget, below: $0) }
  }

  private static func isForgetSet(_ distribution: Distribution) -> Bool {
    distribution.records.lowercased().contains("forget set")
  }

  /// The tallest bar, in millionths of the series.
  private static func greatestShare(_ series: Distribution) -> Int {
    share(series.counts.max() ?? 0, of: series)
  }

  private static func share(_ count: Int, of series: Distribution) -> Int {
    let total = series.counts.reduce(0, +)
    return total == 0 ? 0 : Number.scaled(count, of: total, along: 1_000_000)
  }

  private static func draw(_ panel: Panel, in drawing: inout Drawing, most: Int, y top: inout Int) {
    drawing.text(panel.role.words, kind: "name", x: left, y: top + 130, .start)
    drawing.text(legend("filled", panel.above), x: left, y: top + 290, .start)
    let axis = top + 400 + half
    drawing.line("grid", x1: left, y1: axis - half, x2: right, y2: axis - half)
    drawing.text(Number.shortPercent(most), x: left - 60, y: axis - half + 40, .end)
    drawing.text("0", x: left - 60, y: axis + 40, .end)
    bars(panel.above, "solid", above: true, axis: axis, most: most, in: &drawing)
    var bottom = axis
    if let below = panel.below {
      bottom += half
      drawing.line("grid", x1: left, y1: bottom, x2: right, y2: bottom)
      drawing.text(Number.shortPercent(most), x: left - 60, y: bottom + 40, .end)
      bars(below, "hollow", above: false, axis: axis, most: most, in: &drawing)
      drawing.text(legend("outlined", below), x: left, y: bottom + 340, .start)
    }
    drawing.line("axis", x1: left, y1: axis, x2: right, y2: axis)
    for (text, x, anchor) in [
      ("0\u{00A0}%", left, Drawing.Anchor.start), ("50\u{00A0}%", (left + right) / 2, .middle),
      ("100\u{00A0}%", right, .end),
    ] { drawing.text(text, x: x, y: bottom + 170, anchor) }
    top = bottom + (panel.below == nil ? 320 : 520)
  }

  private static func bars(
    _ series: Distribution, _ kind: String, above: Bool, axis: Int, most: Int,
    in drawing: inout Drawing
  ) {
    let slot = (right - left) / series.counts.count
    for (index, count) in series.counts.enumerated() where count > 0 {
      let height = max(
        kind == "hollow" ? 30 : 15, Number.scaled(share(count, of: series), of: most, along: half))
      drawing.bar(
        kind, x: left + index * slot + slot / 10, y: above ? axis - height : axis,
        width: max(8, slot * 8 / 10), height: height)
    }
  }

  private static func legend(_ form: String, _ series: Distribution) -> String {
    let count = Number.grouped(series.counts.reduce(0, +))
    return "\(form): \(Drawing.shortened(series.records, to: 46)), n = \(count)"
  }

  private static func description(_ series: Distribution) -> String {
    let total = series.counts.reduce(0, +)
    let upper = series.counts.suffix(series.counts.count / 2).reduce(0, +)
    return
      "\(series.role.words), \(series.records): \(upper) of \(total) records in the upper half."
  }

  private static func table(_ quantity: String, _ series: [Distribution]) -> Table {
    let unique = series.enumerated().filter { index, value in
      !series[..<index].contains(value)
    }.map(\.element)
    let bins = unique.map(\.counts.count).max() ?? 0
    return Table(
      "Records by \(quantity)",
      columns: [.init("Bin")]
        + unique.map { .init("\($0.role.words): \($0.records)", isNumeric: true) },
      rows: (0..<bins).map { bin in
        let (low, high) = (bin * 1_000_000 / bins, (bin + 1) * 1_000_000 / bins)
        let name: Phrase = "\(Number.interval(low, high, .percent))"
        return [name]
          + unique.map {
            $0.counts.indices.contains(bin) ? Phrase(Number.grouped($0.counts[bin])) : .missing
          }
      })
  }
}

extension Role {
  /// Before, after, and what after should look like.
  static let inTime: [Role] = [.original, .candidate, .reference]

  var words: String {
    switch self {
    case .candidate: "New version"
    case .original: "Original"
    case .reference: "Reference"
    }
  }
}
