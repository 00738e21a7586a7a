import Records

extension Report {
  /// The drawings, each with the figures it draws.
  var figuresSection: Section {
    var figures: [Figure] = []
    for (index, quantity) in quantities.enumerated() {
      let distributions = certificate.evidence.distributions.filter { $0.quantity == quantity }
      figures += optional(
        ConfidenceHistogram.figure(quantity, distributions, id: "histogram-\(index + 1)"))
    }
    figures += optional(ClassAccuracyPlot.figure(certificate.evidence.classes, id: "classes"))
    for (index, rung) in certificate.rungs.enumerated() {
      let step = index + 1
      figures += optional(
        InfluencePlot.figure(
          rung.trace.influencePartsPerBillion, step: step, id: "influence-\(step)"))
      figures += optional(EpochPlot.figure(rung.trace, step: step, id: "epochs-\(step)"))
    }
    return Section(
      id: "figures", title: "Figures",
      blocks: figures.isEmpty
        ? [.paragraph("The certificate holds no figures to draw.")] : figures.map(Block.figure))
  }

  /// What was measured as a distribution, in the order of the evidence.
  private var quantities: [String] {
    var seen: [String] = []
    for name in certificate.evidence.distributions.map(\.quantity) where !seen.contains(name) {
      seen.append(name)
    }
    return seen
  }

  private func optional(_ figure: Figure?) -> [Figure] { figure.map { [$0] } ?? [] }
}
