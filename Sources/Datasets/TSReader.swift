import Records

/// Reads the `.ts` text format of sktime and aeon: a training file and, if wanted, a test file.
package enum TSReader: DatasetReader {
  package static let format = "ts"
  package static let summary = "time series in sktime/aeon text: TRAIN.ts [TEST.ts]"

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    let files = options.source.files
    guard files.count == 1 || files.count == 2 else {
      throw .unusableSource(
        format: format,
        reason: "expected a training file and at most a test file, "
          + "got \(files.count) files")
    }
    let training = try TSParser.parse(
      PlainFile.read(files[0], sizeLimit: TSParser.sizeLimit), file: files[0])
    var documents = [(training, Split.training)]
    if files.count == 2 {
      let test = try TSParser.parse(
        PlainFile.read(files[1], sizeLimit: TSParser.sizeLimit), file: files[1])
      guard test.classes == training.classes, test.channels == training.channels else {
        throw .unusableSource(
          format: format,
          reason: "'\(Quoted.text(files[1], limit: 1000))' has other classes or "
            + "dimensions than the training file")
      }
      documents.append((test, .test))
    }
    return try reading(of: documents, subjectKey: options.subjectKey)
  }

  private static func reading(
    of documents: [(TSDocument, Split)], subjectKey: String?
  ) throws(DatasetError) -> Reading {
    let channels = documents[0].0.channels
    let classes = documents[0].0.classes
    let longest = documents.flatMap { $0.0.cases }.map { $0.values.count / channels }.max() ?? 0
    let examples = documents.flatMap { document, split in
      document.cases.map { item in
        Example(
          split: split, label: item.label, values: item.values,
          subjects: subjectKey.map { [$0: classes[item.label]] } ?? [:])
      }
    }
    return Reading(inputShape: [1, longest, channels], labelNames: classes, examples: examples)
  }
}
