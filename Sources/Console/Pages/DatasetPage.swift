import Operations
import Records

/// A data set as people read it.
enum DatasetPage {
  static func text(_ dataset: DatasetSummary) -> String {
    var list = KeyValueList()
    list.add("data set", dataset.name)
    list.add("format", dataset.format)
    list.add("records", records(dataset))
    list.add("shape", dataset.inputShape.map(String.init).joined(separator: " × "))
    list.add("labels", dataset.labelNames.joined(separator: ", "))
    for (key, values) in dataset.selectorKeys.sorted(by: { $0.key < $1.key }) {
      list.add("selector \(key)=", values.joined(separator: ", "))
    }
    list.add("root", dataset.root.description)
    list.add("added", dataset.addedAt)
    return list.text
  }

  static func text(_ datasets: [DatasetSummary]) -> String {
    guard !datasets.isEmpty else { return "no data set yet" }
    var table = Table([
      .words("data set"), .words("format"), .numbers("training"), .numbers("test"),
      .numbers("labels"), .words("selectors"), .words("root"),
    ])
    for dataset in datasets {
      table.add([
        dataset.name, dataset.format, String(dataset.trainingRecords),
        String(dataset.testRecords), String(dataset.labelNames.count),
        dataset.selectorKeys.keys.sorted().joined(separator: ", "), dataset.root.short,
      ])
    }
    return table.text
  }

  private static func records(_ dataset: DatasetSummary) -> String {
    let (training, test) = (dataset.trainingRecords, dataset.testRecords)
    return "\(training + test): \(training) training, \(test) test"
  }
}
