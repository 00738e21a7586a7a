import Records

/// The influence of every forget record, sorted.
enum InfluencePlot {
  /// More bars than this are thinned evenly by rank; the ends always stay.
  private static let mostBars = 200
  private static let left = 560
  private static let top = 120
  private static let plotHeight = 1500

  static func figure(_ values: [Int], step: Int, id: String) -> Figure? {
    // Far beyond what `Parts.perBillion` yields; keeps the range of an odd certificate in an Int.
    let sorted = values.map { min(max($0, -1 << 60), 1 << 60) }.sorted()
    guard let low = sorted.first, let high = sorted.last else { return nil }
    let caption =
      "Influence of each of \(Wording.count(sorted.count, "record")) on the model's answers to the forget set, in ascending order: a negative one holds the answers up, so that without the record they would be less sure. No record is named."
    return Figure(
      title: "Influence of the records (step \(step))", caption: Phrase(caption),
      legend: sorted.count > mostBars ? "Bars are evenly chosen by rank." : "A bar is a record.",
      drawing: draw(sorted, id: id, low: low, high: high), table: table(sorted))
  }

  private static func draw(_ sorted: [Int], id: String, low: Int, high: Int) -> String {
    var drawing = Drawing(
      id: id, title: "Influence of the records, sorted",
      description:
        "From \(text(low)) to \(text(high)); the median is \(text(quantile(sorted, 50)))."
    )
    let (bottom, ceiling) = (min(0, low), max(0, high))
    let range = max(1, ceiling - bottom)
    func y(_ value: Int) -> Int {
      top + plotHeight - Number.scaled(value - bottom, of: range, along: plotHeight)
    }
    let shown = thinned(sorted)
    let slot = (Drawing.width - left - 20) / shown.count
    let width = max(10, min(slot * 7 / 10, 300))
    for tick in Set([bottom, 0, ceiling]).sorted() {
      drawing.line(tick == 0 ? "axis" : "grid", x1: left, y1: y(tick), x2: 4400, y2: y(tick))
      drawing.text(text(tick), x: left - 60, y: y(tick) + 40, .end)
    }
    for (index, value) in shown.enumerated() {
      let edge = y(max(0, value))
      let height = max(5, y(min(0, value)) - edge)
      drawing.bar("solid", x: left + 20 + index * slot, y: edge, width: width, height: height)
    }
    let caption = top + plotHeight + 200
    drawing.text("lowest", x: left, y: caption, .start)
    drawing.text("highest", x: 4400, y: caption, .end)
    return drawing.svg(height: caption + 60)
  }

  private static func thinned(_ sorted: [Int]) -> [Int] {
    guard sorted.count > mostBars else { return sorted }
    return (0..<mostBars).map { sorted[$0 * (sorted.count - 1) / (mostBars - 1)] }
  }

  private static func quantile(_ sorted: [Int], _ percent: Int) -> Int {
    sorted[(sorted.count - 1) * percent / 100]
  }

  private static func text(_ value: Int) -> String { Number.significant(value, places: 9) }

  private static func table(_ sorted: [Int]) -> Table {
    let rows = [
      ("lowest", 0), ("quarter", 25), ("median", 50), ("three quarters", 75), ("highest", 100),
    ]
    return Table(
      "Influence, quantiles", columns: [.init("Quantile"), .init("Influence", isNumeric: true)],
      rows: rows.map { [Phrase($0.0), Phrase(text(quantile(sorted, $0.1)))] })
  }
}
