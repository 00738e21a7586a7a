import Operations
import Records

/// A data set as people read it.
enum DatasetPage {
  static func text(_ dataset: DatasetSummary) -> String {
    var list = KeyValueList()
    list.add("data set", dataset.name)
    list.add("format", dataset.contents?.format ?? "sealed")
    list.add("records", records(dataset))
    if let contents = dataset.contents { add(contents, to: &list) }
    list.add("root", dataset.root.description)
    list.add("added", dataset.addedAt)
    return list.text
  }

  static func text(_ datasets: [DatasetSummary]) -> String {
    guard !datasets.isEmpty else { return "no data set yet" }
    var table = Table([
      .words("data set"), .words("format"), .numbers("records"), .numbers("training"),
      .numbers("test"), .numbers("labels"), .words("selectors"), .words("root"),
    ])
    for dataset in datasets {
      let contents = dataset.contents
      let numbers = [contents?.trainingRecords, contents?.testRecords, contents?.labelNames.count]
      table.add(
        [dataset.name, contents?.format ?? "sealed", String(dataset.records)]
          + numbers.map { $0.map(String.init) ?? "sealed" } + [
            contents?.selectorKeys.keys.sorted().joined(separator: ", ") ?? "sealed",
            dataset.root.short,
          ])
    }
    return table.text
  }

  /// Values stand as a selector takes them, so that what is printed finds what it names.
  private static func add(_ contents: DatasetSummary.Contents, to list: inout KeyValueList) {
    list.add("shape", contents.inputShape.map(String.init).joined(separator: " × "))
    list.add("labels", contents.labelNames.joined(separator: ", "))
    for (key, values) in contents.selectorKeys.sorted(by: { $0.key < $1.key }) {
      list.add("selector \(key)=", values.map(Selector.escaped).joined(separator: ", "))
    }
  }

  private static func records(_ dataset: DatasetSummary) -> String {
    guard let contents = dataset.contents else {
      return "\(dataset.records); split and labels are sealed"
    }
    return "\(dataset.records): \(contents.trainingRecords) training, \(contents.testRecords) test"
  }
}
