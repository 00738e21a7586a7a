import FoundationEssentials
import Records

/// The binary batches of CIFAR: label bytes, then the red, green and blue planes of 32×32 pixels.
///
/// A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
enum CIFARBatches {
  static let shape = [32, 32, 3]
  private static let planeSize = 32 * 32

  /// Reads every batch.
  ///
  /// - Parameters:
  ///   - source: The files of each split.
  ///   - labelNames: The name of each class.
  ///   - labelCounts: For each label byte how many values it has; the last is the class.
  ///   - subjects: Whom the label bytes name.
  /// - Returns: The images in the order of the files.
  /// - Throws: `DatasetError.damaged` for an empty file, a record cut off, or a label out of range.
  static func read(
    _ source: DataSource, labelNames: [String], labelCounts: [Int],
    subjects: ([Int]) -> [String: String]
  ) throws(DatasetError) -> Reading {
    var writer = try PixelStore.Writer(shape: shape)
    var heads: [RecordHead] = []
    for (split, files) in source.filesBySplit {
      for file in files {
        var stream = try ByteStream(file)
        if try stream.isAtEnd() { throw stream.damaged("it is empty") }
        while try !stream.isAtEnd() {
          guard heads.count < ImageLimits.recordCount else {
            throw stream.damaged("more than \(ImageLimits.recordCount) images")
          }
          let labels = try self.labels(from: &stream, labelCounts)
          let planes = try stream.next(3 * planeSize, of: "an image")
          try writer.append(interleaved(planes))
          heads.append(
            RecordHead(split: split, label: labels[labels.count - 1], subjects: subjects(labels)))
        }
      }
    }
    guard !heads.isEmpty else {
      throw .unusableSource(format: source.format, reason: "no file is given")
    }
    return Reading(
      inputShape: shape, labelNames: labelNames, heads: heads, store: try writer.store())
  }

  /// The first folder that has any of the files: itself, or the one the archive unpacks to.
  static func files(
    in folder: String, archive: String, training: [String], test: [String], format: String
  ) throws(DatasetError) -> (training: [String], test: [String]) {
    for folder in [folder, "\(folder)/\(archive)"] {
      func existing(_ names: [String]) -> [String] {
        names.map { "\(folder)/\($0)" }.filter { FileManager.default.fileExists(atPath: $0) }
      }
      let found = (training: existing(training), test: existing(test))
      guard found.training.count == training.count || found.training.isEmpty else {
        throw .unusableSource(
          format: format,
          reason: "'\(Quoted.text(folder, limit: 1000))' has \(found.training.count) of the files "
            + "\(Quoted.list(training)); name the files that are meant")
      }
      if !found.training.isEmpty || !found.test.isEmpty { return found }
    }
    throw .unusableSource(
      format: format,
      reason: "'\(Quoted.text(folder, limit: 1000))' has none of the files "
        + Quoted.list(training + test))
  }

  private static func labels(
    from stream: inout ByteStream, _ labelCounts: [Int]
  ) throws(DatasetError) -> [Int] {
    let start = stream.offset
    let labels = try stream.next(labelCounts.count, of: "the labels").map(Int.init)
    for (place, label) in labels.enumerated() where label >= labelCounts[place] {
      throw stream.damaged(
        "label \(label), where there are 0 to \(labelCounts[place] - 1)", at: start + place)
    }
    return labels
  }

  /// Planes of colours as pixels.
  private static func interleaved(_ planes: [UInt8]) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(planes.count)
    for pixel in 0..<planeSize {
      for plane in 0..<3 { pixels.append(planes[plane * planeSize + pixel]) }
    }
    return pixels
  }
}
