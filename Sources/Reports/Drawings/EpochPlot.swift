import Records

/// Mean confidence and loss on the forget set, from the start to the last epoch.
enum EpochPlot {
  private static let left = 620
  private static let right = 4340
  private static let plotHeight = 800

  static func figure(_ trace: ForgettingTrace, step: Int, id: String) -> Figure? {
    let confidence = trace.forgetConfidencePartsPerMillion
    let loss = trace.forgetLossPartsPerMillion
    guard max(confidence.count, loss.count) > 1 else { return nil }
    var drawing = Drawing(
      id: id, title: "Forgetting by epoch",
      description: description(confidence, .percent, "Mean confidence")
        + description(loss, .decimal, "Mean loss in nats"))
    var y = 0
    if confidence.count > 1 {
      panel(
        &drawing, confidence, "mean confidence in the true class", .percent,
        most: max(1_000_000, confidence.max() ?? 0), y: &y)
    }
    if loss.count > 1 {
      panel(
        &drawing, loss, "mean loss, nats", .decimal, most: max(1, loss.max() ?? 0), y: &y)
    }
    drawing.text("start", x: left, y: y + 40, .start)
    let points = max(confidence.count, loss.count)
    // Retraining is measured at its ends only.
    let isEndsOnly = points - 1 < trace.epochCount
    drawing.text("epoch \(isEndsOnly ? trace.epochCount : points - 1)", x: right, y: y + 40, .end)
    return Figure(
      title: "Forgetting by epoch (step \(step))",
      caption:
        "Mean over the records to forget \(isEndsOnly ? "in the old version and in the new one" : "at the start and after each epoch"). The run ended: \(Wording.clause(trace.stopReason)).",
      legend: "",
      drawing: drawing.svg(height: y + 100),
      table: table(confidence, loss, lastEpoch: isEndsOnly ? trace.epochCount : points - 1))
  }

  private static func description(_ values: [Int], _ style: Number.Style, _ name: String) -> String
  {
    guard let first = values.first, let last = values.last else { return "" }
    return "\(name) goes from \(Number.text(first, style)) to \(Number.text(last, style)). "
  }

  /// One curve with its own scale from zero, below what is drawn already.
  private static func panel(
    _ drawing: inout Drawing, _ values: [Int], _ name: String, _ style: Number.Style, most: Int,
    y top: inout Int
  ) {
    drawing.text(name, kind: "name", x: left, y: top + 140, .start)
    let (ceiling, floor) = (top + 260, top + 260 + plotHeight)
    for (value, y) in [(most, ceiling), (0, floor)] {
      drawing.line(value == 0 ? "axis" : "grid", x1: left, y1: y, x2: right + 60, y2: y)
      drawing.text(Number.text(value, style), x: left - 60, y: y + 40, .end)
    }
    let points = values.enumerated().map { index, value in
      (
        x: left + Number.scaled(index, of: values.count - 1, along: right - left),
        y: floor - Number.scaled(max(0, value), of: most, along: plotHeight)
      )
    }
    drawing.curve(points)
    if values.count <= 40 {
      for point in points { drawing.circle("solid", x: point.x, y: point.y, radius: 35) }
    }
    if let value = values.last, let end = points.last {
      let isHigh = end.y < ceiling + 250
      drawing.text(
        Number.text(value, style), kind: "value", x: right + 60,
        y: isHigh ? end.y + 200 : end.y - 100, .end)
    }
    top = floor + 140
  }

  private static func table(_ confidence: [Int], _ loss: [Int], lastEpoch: Int) -> Table {
    let last = max(confidence.count, loss.count) - 1
    return Table(
      "Mean confidence and loss by epoch",
      columns: [
        .init("Epoch"), .init("Confidence", isNumeric: true), .init("Loss, nats", isNumeric: true),
      ],
      rows: (0..<max(confidence.count, loss.count)).map { epoch in
        [
          epoch == 0 ? "start" : Phrase(String(epoch == last ? lastEpoch : epoch)),
          cell(confidence, epoch, .percent), cell(loss, epoch, .decimal),
        ]
      })
  }

  private static func cell(_ values: [Int], _ index: Int, _ style: Number.Style) -> Phrase {
    values.indices.contains(index) ? Phrase(Number.text(values[index], style)) : .missing
  }
}
