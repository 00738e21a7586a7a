import Records

extension Report {
  /// Every method that was tried, in plain words, with all of its constants.
  var methodSection: Section {
    let rungs = certificate.rungs
    let tried =
      rungs.count == 1
      ? "One was tried; it made"
      : "\(rungs.count) were tried, in this order; the last made"
    var blocks: [Block] = [
      .paragraph(
        "The policy \(strong: certificate.policy.name) lists methods from the quickest to the surest. \(tried) \(strong: certificate.version.name)."
      ),
      .table(rungTable),
    ]
    if rungs.count > 1, rungs.contains(where: { !$0.checks.isEmpty }) {
      blocks.append(.heading("How each step fared"))
      blocks.append(.table(comparisonTable))
    }
    blocks.append(.heading("What each run did"))
    blocks.append(.table(traceTable))
    blocks.append(.heading("Constants of each recipe"))
    blocks.append(
      .paragraph(
        "A recipe and its inputs determine the weights to the last bit, so that anybody with the data can run it again."
      ))
    blocks.append(.table(recipeTable))
    if !certificate.references.isEmpty {
      blocks.append(.heading("Reference models"))
      blocks.append(.table(referenceTable))
    }
    return Section(id: "method", title: "What was done", blocks: blocks)
  }

  private var rungTable: Table {
    Table(
      "Methods tried", columns: [.init("Step"), .init("Method"), .init("Verdict"), .init("Why")],
      rows: certificate.rungs.enumerated().map { index, rung in
        [
          "Step\u{A0}\(index + 1)", Phrase(MethodName.words(rung.recipe)),
          .status(rung.judgement.verdict), Phrase(why(rung.judgement)),
        ]
      })
  }

  /// Every check of every rung, in the order in which checks first appear.
  private var comparisonTable: Table {
    var titles: [(id: String, title: String)] = []
    for check in certificate.rungs.flatMap(\.checks)
    where !titles.contains(where: { $0.id == check.id }) {
      titles.append((check.id, check.title))
    }
    return Table(
      "Status of each check after each step",
      columns: [.init("Check")]
        + certificate.rungs.indices.map { .init("Step\u{A0}\($0 + 1)") },
      rows: titles.map { id, title in
        [Phrase(title)]
          + certificate.rungs.map { rung in
            rung.checks.first { $0.id == id }.map { .status($0.status) } ?? .missing
          }
      })
  }

  private func why(_ judgement: Judgement) -> String {
    let sentences = (judgement.caps.map { "Capped: \($0)" } + judgement.reasons)
      .map(Wording.sentence)
    return sentences.isEmpty ? "–" : sentences.joined(separator: " ")
  }

  private var traceTable: Table {
    Table(
      "What each run did",
      columns: [.init("Figure"), .init("Value")],
      groups: certificate.rungs.enumerated().map { index, rung in
        Table.Group(
          title: "Step \(index + 1): \(code: rung.recipe.method)", notes: [],
          rows: traceRows(rung))
      })
  }

  private func traceRows(_ rung: RungResult) -> [[Phrase]] {
    let trace = rung.trace
    var rows: [[Phrase]] = [
      ["epochs", Phrase(Number.grouped(trace.epochCount))],
      ["steps", Phrase(Number.grouped(trace.stepCount))],
      [
        "records to forget that the method covered",
        "\(Number.grouped(trace.coveredRecords)) of \(Number.grouped(certificate.forgetSet.recordCount))",
      ],
      ["stopped because", Phrase(Wording.clause(trace.stopReason))],
    ]
    for (name, value) in trace.figures.sorted(by: { $0.key < $1.key }) {
      rows.append([
        Phrase(Wording.words(ofName: name)), Phrase(Number.constant(value, named: name)),
      ])
    }
    if let weights = rung.weights { rows.append(["SHA-256 of the weights", .digest(weights)]) }
    return rows
  }

  private var recipeTable: Table {
    Table(
      "Recipes",
      columns: [.init("Constant"), .init("Value"), .init("As signed")],
      groups: certificate.rungs.enumerated().map { index, rung in
        Table.Group(
          title: "Step \(index + 1): \(code: rung.recipe.method)",
          notes: [Phrase(environment(rung.recipe.environment))], rows: recipeRows(rung.recipe))
      })
  }

  private func recipeRows(_ recipe: Recipe) -> [[Phrase]] {
    let choices = recipe.choices.sorted { $0.key < $1.key }.map { name, value -> [Phrase] in
      [Phrase(Wording.words(ofName: name)), Phrase(value), "\(code: "\(name) = \(value)")"]
    }
    let constants = recipe.constants.sorted { $0.key < $1.key }.map { name, value -> [Phrase] in
      [
        Phrase(Wording.words(ofName: name)), Phrase(Number.constant(value, named: name)),
        "\(code: "\(name) = \(value)")",
      ]
    }
    let seed: [Phrase] = ["seed", Phrase(String(recipe.seed)), "\(code: "seed = \(recipe.seed)")"]
    return choices + constants + [seed]
  }

  private func environment(_ environment: NumericEnvironment) -> String {
    "Numeric environment: \(environment.engine), \(environment.matrixLibrary) with kernel \(environment.matrixKernel), \(environment.architecture)"
  }

  private var referenceTable: Table {
    Table(
      "Models retrained without the person, for comparison",
      columns: [
        .init("Reference"), .init("Records", isNumeric: true), .init("Seed", isNumeric: true),
        .init("SHA-256 of the weights"),
      ],
      rows: certificate.references.enumerated().map { index, reference in
        [
          "\(index + 1): \(MethodName.words(reference.recipe))",
          Phrase(Number.grouped(reference.recordCount)), Phrase(String(reference.recipe.seed)),
          .digest(reference.weights),
        ]
      })
  }
}

/// Methods in words that need no paper.
enum MethodName {
  static func words(_ recipe: Recipe) -> String {
    let all = recipe.choices["scope"] == "all"
    let place = all ? "through the whole network" : "on the last layer only"
    switch recipe.method {
    case "imu":
      let influence =
        recipe.choices["influence"].map { $0 == "diagonal-fisher" } == true
        ? " (influence approximated as published)" : ""
      return
        "IMU: each record is unlearned in proportion to its influence on the model, \(place)\(influence)"
    case "gradient-ascent": return "Gradient ascent: training in reverse on the records, \(place)"
    case "retrain": return "Retraining from scratch without the records"
    case "train": return "Training"
    case "import": return "Import from a file"
    default: return recipe.method
    }
  }
}
