import Records

/// Reads the binary batches of CIFAR-10: a label byte and 3,072 bytes of pixels a record.
package enum CIFAR10Reader: DatasetReader {
  package static let format = "cifar-10"
  package static let summary = "the binary batches of CIFAR-10"
  static let labelNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    guard options.subjectKey == nil else { throw unusable("its classes are no persons") }
    return try CIFARBatches.read(
      options.source, labelNames: labelNames, labelCounts: [labelNames.count]
    ) { _ in [:] }
  }

  package static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    try CIFARBatches.files(
      in: folder, archive: "cifar-10-batches-bin",
      training: (1...5).map { "data_batch_\($0).bin" }, test: ["test_batch.bin"], format: format)
  }
}
