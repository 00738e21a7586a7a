import FoundationEssentials
import Records

/// Reads IDX files, gzip'd or not, as MNIST and Fashion-MNIST have them: images and their labels.
///
/// The name of a class is its number.
package enum IDXReader: DatasetReader {
  package static let format = "idx"
  package static let summary = "images in IDX files, as MNIST has them: IMAGES LABELS a split"

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    guard options.subjectKey == nil else { throw unusable("its classes are no persons") }
    var builder = Builder()
    for (split, files) in options.source.filesBySplit {
      guard files.count == 2 else {
        throw unusable(
          "a split has a file of images and one of labels; \(files.count) files are given for "
            + "'\(split.rawValue)'")
      }
      try builder.add(files, split)
    }
    return try builder.reading()
  }

  package static func files(
    in folder: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    let training = pair("train", in: folder)
    let test = pair("t10k", in: folder)
    guard !training.isEmpty || !test.isEmpty else {
      throw unusable(
        "'\(Quoted.text(folder, limit: 1000))' has no train-images-idx3-ubyte.gz with its labels")
    }
    return (training, test)
  }

  /// Images and labels of a split; empty where one is missing.
  private static func pair(_ split: String, in folder: String) -> [String] {
    for suffix in ["-ubyte.gz", "-ubyte"] {
      for separator in ["-", "."] {
        let names = ["images\(separator)idx3", "labels\(separator)idx1"]
          .map { "\(folder)/\(split)-\($0)\(suffix)" }
        if names.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) { return names }
      }
    }
    return []
  }

  /// Gathers the splits.
  private struct Builder {
    var writer: PixelStore.Writer?
    var heads: [RecordHead] = []
    var classCount = 0

    mutating func add(_ files: [String], _ split: Split) throws(DatasetError) {
      var labelFile = try IDXFile(files[1])
      var imageFile = try IDXFile(files[0])
      if imageFile.isLabels, !labelFile.isLabels { swap(&imageFile, &labelFile) }
      guard labelFile.isLabels, !imageFile.isLabels else {
        throw labelFile.damaged("one file of a split has images, the other labels", at: 3)
      }
      guard labelFile.recordCount == imageFile.recordCount else {
        throw labelFile.damaged(
          "\(labelFile.recordCount) labels for \(imageFile.recordCount) images")
      }
      let labels = try labelFile.labels()
      try addLabels(labels, split, of: labelFile)
      try addImages(of: &imageFile)
    }

    private mutating func addLabels(
      _ labels: [Int], _ split: Split, of file: borrowing IDXFile
    ) throws(DatasetError) {
      if !heads.isEmpty, let stranger = labels.firstIndex(where: { $0 >= classCount }) {
        throw file.damaged(
          "label \(labels[stranger]), where training knows 0 to \(classCount - 1)",
          at: 8 + stranger)
      }
      classCount = max(classCount, (labels.max() ?? -1) + 1)
      heads += labels.map { RecordHead(split: split, label: $0) }
    }

    private mutating func addImages(of file: inout IDXFile) throws(DatasetError) {
      try file.requireUsableExtents()
      if writer == nil { writer = try PixelStore.Writer(shape: file.imageShape) }
      guard var writer else { return }
      guard writer.shape == file.imageShape else {
        throw file.damaged("images of \(file.imageShape) where training has \(writer.shape)")
      }
      try file.copyImages(to: &writer)
      self.writer = writer
    }

    mutating func reading() throws(DatasetError) -> Reading {
      guard var writer, !heads.isEmpty else { throw IDXReader.unusable("it has no images") }
      return Reading(
        inputShape: writer.shape, labelNames: (0..<classCount).map(String.init), heads: heads,
        store: try writer.store())
    }
  }
}
