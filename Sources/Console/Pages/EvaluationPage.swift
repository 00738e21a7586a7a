import Operations
import Records

/// An evaluation as people read it.
enum EvaluationPage {
  static func text(_ evaluation: Evaluation) -> String {
    var list = KeyValueList()
    list.add("version", evaluation.version.shortVersion)
    list.add("data set", "\(evaluation.dataset), \(evaluation.split.rawValue)")
    list.add("accuracy", share(evaluation.accuracy))
    list.add("95 % interval", interval(evaluation.accuracy))
    list.add("trained on", trainedOn(evaluation))
    for file in evaluation.files { list.add("written", file) }
    var table = Table([
      .words("class"), .numbers("records"), .numbers("right"), .numbers("accuracy"),
      .words("95 % interval"),
    ])
    for item in evaluation.classes {
      let accuracy = item.accuracy
      table.add([
        item.name, String(accuracy.recordCount), String(accuracy.correct),
        accuracy.accuracyPartsPerMillion.map { Percent.text(partsPerMillion: $0) } ?? "–",
        accuracy.recordCount == 0 ? "–" : interval(accuracy),
      ])
    }
    return list.text + "\n" + table.text
  }

  private static func share(_ accuracy: Evaluation.Accuracy) -> String {
    let count = "\(accuracy.correct) of \(accuracy.recordCount)"
    return accuracy.accuracyPartsPerMillion
      .map { "\(Percent.text(partsPerMillion: $0)), \(count)" } ?? count
  }

  private static func interval(_ accuracy: Evaluation.Accuracy) -> String {
    "\(Percent.text(partsPerMillion: accuracy.lowPartsPerMillion)) to "
      + Percent.text(partsPerMillion: accuracy.highPartsPerMillion)
  }

  private static func trainedOn(_ evaluation: Evaluation) -> String {
    switch evaluation.trainedOnCount {
    case nil: "not known"
    case 0: "none of these records"
    case let count?: "\(count) of these records"
    }
  }
}
