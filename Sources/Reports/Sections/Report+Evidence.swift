import Records

extension Report {
  /// Every check: its status, its figures on the three models, its bounds and what follows.
  var evidenceSection: Section {
    let checks = certificate.evidence.checks
    var blocks: [Block] = [
      .paragraph(
        "Measured from the stored bytes of \(strong: certificate.version.name). The original is the version before, measured as a control; the reference was retrained without the person. Intervals are rounded outwards. \(rule)"
      ),
      .table(overviewTable(checks)),
    ]
    if !checks.isEmpty { blocks.append(.heading("Figures of each check")) }
    if !checks.isEmpty { blocks.append(.table(figuresTable(checks))) }
    if !certificate.evidence.tensors.isEmpty {
      blocks.append(.heading("What changed in the weights"))
      blocks.append(.table(TensorSummary.table(certificate.evidence.tensors)))
    }
    return Section(id: "evidence", title: "Evidence", blocks: blocks)
  }

  /// What the checks that are needed decide.
  private var rule: String {
    Answer(certificate: certificate, context: context).isRetrainedWithout
      ? "This version was retrained without the person: its provenance and its usefulness decide, and the attacks are sanity checks."
      : "A needed check must pass for PASS."
  }

  private func overviewTable(_ checks: [CheckResult]) -> Table {
    Table(
      "All checks",
      columns: [.init("Check"), .init("Status"), .init("Needed"), .init("Finding")],
      rows: checks.map {
        [
          "\(strong: $0.title)", .status($0.status), $0.isMandatory ? "yes" : "no",
          Phrase(Wording.sentence($0.finding)),
        ]
      })
  }

  private func figuresTable(_ checks: [CheckResult]) -> Table {
    Table(
      "Figures of each check",
      columns: [
        .init("Quantity"), .init("New version", isNumeric: true),
        .init("Original", isNumeric: true), .init("Reference", isNumeric: true),
        .init("n", isNumeric: true),
      ],
      groups: checks.map { check in
        Table.Group(
          title: "\(check.title) \(.status(check.status))",
          notes: [thresholds(check)] + intervals(check)
            + (check.measurements.isEmpty ? ["No figure was measured."] : []),
          rows: CheckRow.rows(check).map(\.cells))
      })
  }

  private func thresholds(_ check: CheckResult) -> Phrase {
    guard !check.thresholds.isEmpty else {
      return "Check \(code: check.id). The policy sets no bounds for it."
    }
    let bounds = check.thresholds.sorted { $0.key < $1.key }.map { name, value in
      "\(Wording.words(ofName: name)) \(QuantityStyle.threshold(value, named: name, of: check))"
    }
    return "Check \(code: check.id). Bounds: \(bounds.joined(separator: "; "))."
  }

  /// How the intervals were made, when there are any.
  private func intervals(_ check: CheckResult) -> [Phrase] {
    let names = Set(check.measurements.compactMap(\.interval)).sorted()
    return names.isEmpty ? [] : ["Intervals: \(names.joined(separator: "; "))."]
  }
}

/// One quantity of a check on each of the models.
struct CheckRow {
  let quantity: String
  let measurements: [Role: [Measurement]]

  /// The quantities of a check in the order in which they first appear.
  static func rows(_ check: CheckResult) -> [CheckRow] {
    var order: [String] = []
    var byQuantity: [String: [Role: [Measurement]]] = [:]
    for measurement in check.measurements {
      let quantity = name(measurement)
      if byQuantity[quantity] == nil { order.append(quantity) }
      byQuantity[quantity, default: [:]][measurement.role, default: []].append(measurement)
    }
    return order.map { CheckRow(quantity: $0, measurements: byQuantity[$0] ?? [:]) }
  }

  /// The quantity without the number of the reference, so that all references share a row.
  private static func name(_ measurement: Measurement) -> String {
    let text = measurement.quantity
    guard measurement.role == .reference,
      let range = text.ranges(of: ", reference ").last,
      !text[range.upperBound...].isEmpty, text[range.upperBound...].allSatisfy(\.isNumber)
    else { return text }
    return String(text[..<range.lowerBound])
  }

  var cells: [Phrase] {
    [Phrase(quantity), cell(.candidate), cell(.original), cell(.reference), Phrase(counts)]
  }

  /// The values of a role, several references one below the other.
  private func cell(_ role: Role) -> Phrase {
    let texts = (measurements[role] ?? []).map(text)
    guard var phrase = texts.first else { return .missing }
    for next in texts.dropFirst() { phrase = phrase + Phrase(runs: [.lineBreak]) + next }
    return phrase
  }

  private func text(_ measurement: Measurement) -> Phrase {
    let style = QuantityStyle.of(quantity)
    guard let value = measurement.valuePartsPerMillion else { return .missing }
    let strong: Phrase = "\(strong: Number.text(value, style))"
    guard let low = measurement.lowPartsPerMillion, let high = measurement.highPartsPerMillion
    else { return strong }
    return strong + Phrase(runs: [.lineBreak]) + Phrase(Number.interval(low, high, style))
  }

  /// The number of records, once when it is the same for all.
  private var counts: String {
    var seen: [Int] = []
    for role in Role.allCases {
      for measurement in measurements[role] ?? [] where !seen.contains(measurement.sampleCount) {
        seen.append(measurement.sampleCount)
      }
    }
    return seen.isEmpty ? "–" : seen.map(Number.grouped).joined(separator: " / ")
  }
}

/// How quantities are written, told from their names.
enum QuantityStyle {
  private static let decimal: Set = [
    "area", "auc", "distance", "ratio", "divergence", "nats", "residual", "wasserstein", "norm",
  ]
  private static let points: Set = ["drop", "difference", "excess", "above", "below"]
  private static let percent: Set = [
    "accuracy", "rate", "confidence", "share", "coverage", "fraction", "agreement", "tpr",
    "percent", "mia", "found", "reached", "margin",
  ]

  static func of(_ quantity: String) -> Number.Style { known(quantity) ?? .decimal }

  /// A bound in the style of what it bounds.
  static func threshold(_ value: Int, named name: String, of check: CheckResult) -> String {
    guard name.hasSuffix("PerMillion") else { return Number.constant(value, named: name) }
    if let style = known(Wording.words(ofName: name)) { return Number.text(value, style) }
    return Number.text(value, check.measurements.first.map { of($0.quantity) } ?? .percent)
  }

  private static func known(_ name: String) -> Number.Style? {
    let words = Set(name.lowercased().split { !$0.isLetter }.map(String.init))
    if !decimal.isDisjoint(with: words) { return .decimal }
    if !points.isDisjoint(with: words) { return .points }
    return percent.isDisjoint(with: words) ? nil : .percent
  }
}
