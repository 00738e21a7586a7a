import Records

/// Accuracy of each class on test records, before and after.
enum ClassAccuracyPlot {
  /// More classes than this are cut to those that changed most.
  private static let mostClasses = 40
  private static let left = 960
  private static let right = 3170
  private static let rowHeight = 230

  static func figure(_ classes: [ClassAccuracy], id: String) -> Figure? {
    let usable = classes.filter { $0.testCount > 0 }
    let shown = most(changed: usable)
    guard !shown.isEmpty else { return nil }
    let cut =
      shown.count < usable.count
      ? " Of \(usable.count) classes, the \(shown.count) that changed most." : ""
    return Figure(
      title: "Accuracy by class",
      caption:
        "Accuracy on test records. Where a class is one person, it is that class that should fall.\(cut)",
      legend: "Ring: before; dot: after; vertical tick: reference.",
      drawing: draw(shown, id: id), table: table(shown))
  }

  private static func most(changed classes: [ClassAccuracy]) -> [ClassAccuracy] {
    guard classes.count > mostClasses else { return classes }
    return classes.sorted { (change($0), $1.label) > (change($1), $0.label) }
      .prefix(mostClasses).sorted { $0.label < $1.label }
  }

  private static func change(_ row: ClassAccuracy) -> Int {
    abs(accuracy(row.candidateCorrect, row) - accuracy(row.originalCorrect, row))
  }

  private static func accuracy(_ correct: Int, _ row: ClassAccuracy) -> Int {
    Number.scaled(correct, of: row.testCount, along: 1_000_000)
  }

  private static func draw(_ rows: [ClassAccuracy], id: String) -> String {
    let fallen = rows.filter {
      accuracy($0.candidateCorrect, $0) < accuracy($0.originalCorrect, $0)
    }
    var drawing = Drawing(
      id: id, title: "Accuracy by class before and after",
      description:
        "\(fallen.count) of \(rows.count) classes shown have lower accuracy than before; the table below has every figure."
    )
    let bottom = 100 + rows.count * rowHeight
    func x(_ correct: Int, _ row: ClassAccuracy) -> Int {
      left + Number.scaled(accuracy(correct, row), of: 1_000_000, along: right - left)
    }
    for percent in [0, 50, 100] {
      let x = left + (right - left) * percent / 100
      drawing.line(percent == 0 ? "axis" : "grid", x1: x, y1: 60, x2: x, y2: bottom)
      drawing.text("\(percent)\u{00A0}%", x: x, y: bottom + 170, .middle)
    }
    for (index, row) in rows.enumerated() {
      let y = 100 + index * rowHeight + rowHeight / 2
      let (before, after) = (x(row.originalCorrect, row), x(row.candidateCorrect, row))
      drawing.text(Drawing.shortened(row.name, to: 14), x: left - 120, y: y + 40, .end)
      if let reference = row.referenceCorrect.map({ x($0, row) }) {
        drawing.line("tick", x1: reference, y1: y - 85, x2: reference, y2: y + 85)
      }
      drawing.line("span", x1: before, y1: y, x2: after, y2: y)
      drawing.circle("hollow", x: before, y: y, radius: 60)
      drawing.circle("solid", x: after, y: y, radius: 38)
      drawing.text(
        "\(whole(row.originalCorrect, row)) → \(whole(row.candidateCorrect, row))\u{00A0}%",
        kind: "value", x: 4390, y: y + 40, .end)
    }
    return drawing.svg(height: bottom + 240)
  }

  /// A percentage with one decimal, without its unit.
  private static func whole(_ correct: Int, _ row: ClassAccuracy) -> String {
    let text = Number.text(accuracy(correct, row), .percent)
    return text.hasSuffix("\u{00A0}%") ? String(text.dropLast(2)) : text
  }

  private static func table(_ rows: [ClassAccuracy]) -> Table {
    Table(
      "Accuracy on test records by class",
      columns: [
        .init("Class"), .init("Records", isNumeric: true), .init("Before", isNumeric: true),
        .init("After", isNumeric: true), .init("Reference", isNumeric: true),
      ],
      rows: rows.map { row in
        [
          Phrase(row.name), Phrase(Number.grouped(row.testCount)),
          Phrase(Number.text(accuracy(row.originalCorrect, row), .percent)),
          Phrase(Number.text(accuracy(row.candidateCorrect, row), .percent)),
          row.referenceCorrect.map { Phrase(Number.text(accuracy($0, row), .percent)) } ?? .missing,
        ]
      })
  }
}
