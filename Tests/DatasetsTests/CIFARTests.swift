import Datasets
import Foundation
import Records
import Testing

@Suite struct CIFARTests {
  /// A record whose planes are filled with one value each.
  private func record(_ labels: [UInt8], _ colour: [UInt8]) -> [UInt8] {
    labels + colour.flatMap { [UInt8](repeating: $0, count: 1024) }
  }

  private func dataset(
    _ format: String, _ training: [String], _ test: [String] = []
  ) throws -> Dataset {
    try Dataset(
      named: "d",
      reading: ReadingOptions(source: DataSource(format: format, training: training, test: test)),
      hash: toyHash)
  }

  @Test("Batches of CIFAR-10 follow one another, planes become pixels, labels have their names")
  func ten() throws {
    let folder = try TemporaryFolder()
    let first = try folder.file("a", record([3], [255, 0, 51]) + record([9], [1, 2, 3]))
    let second = try folder.file("b", record([0], [0, 0, 255]))
    let dataset = try dataset("cifar-10", [first, second], [second])
    #expect(dataset.manifest.inputShape == [32, 32, 3])
    #expect(dataset.manifest.labelNames.count == 10)
    #expect(dataset.manifest.records.map(\.label) == [3, 9, 0, 0])
    #expect(dataset.manifest.records.map(\.split) == [.training, .training, .training, .test])
    #expect(try dataset.inputs(at: [0]).prefix(6) == [1, 0, 0.2, 1, 0, 0.2])
    #expect(try dataset.manifest.selection(matching: Selector("class=cat")).indices == [0])
  }

  @Test("In CIFAR-100 the fine label is the class and the coarse one the superclass")
  func hundred() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "train.bin",
      record([14, 11], [1, 2, 3]) + record([14, 2], [4, 5, 6])
        + record([1, 99], [7, 8, 9]))
    let manifest = try dataset("cifar-100", [file]).manifest
    #expect(manifest.labelNames.count == 100 && Set(manifest.labelNames).count == 100)
    #expect(manifest.labelNames == manifest.labelNames.sorted())
    #expect(try manifest.selection(matching: Selector("class=boy")).indices == [0])
    #expect(try manifest.selection(matching: Selector("superclass=people")).indices == [0, 1])
    #expect(
      try manifest.selection(matching: Selector("superclass=people,class=baby")).indices == [1])
    #expect(manifest.labelNames[99] == "worm")
  }

  @Test("A record cut off, a label out of range and an empty file are refused with their byte")
  func damage() throws {
    let folder = try TemporaryFolder()
    func error(_ format: String, _ bytes: [UInt8]) throws -> String? {
      let file = try folder.file("f", bytes)
      let error = datasetError { _ = try dataset(format, [file]) }
      guard case .damaged(file, let offset, let reason)? = error else { return nil }
      return "\(offset): \(reason)"
    }
    let good = record([1], [1, 2, 3])
    #expect(
      try error("cifar-10", good + good.dropLast())
        == "6145: it ends in an image, after 3071 of 3072 bytes")
    #expect(
      try error("cifar-10", good + [10]) == "3073: label 10, where there are 0 to 9")
    #expect(try error("cifar-10", []) == "0: it is empty")
    #expect(
      try error("cifar-100", record([20, 0], [1, 2, 3])) == "0: label 20, where there are 0 to 19")
    #expect(
      try error("cifar-100", record([0, 100], [1, 2, 3]))
        == "1: label 100, where there are 0 to 99")
    #expect(try error("cifar-100", good) == "3073: it ends in an image, after 3071 of 3072 bytes")
  }

  @Test("Damaged bytes are read or refused, never a crash")
  func mutations() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 21)
    let good = record([1, 2], [1, 2, 3]) + record([3, 4], [5, 6, 7])
    for _ in 0..<100 {
      let file = try folder.file("f", mutated(good, with: &generator))
      if let dataset = try? dataset("cifar-100", [file]) {
        #expect(dataset.manifest.records.count == 2)
      }
    }
  }

  @Test("The files are found by their names, in the folder or the one the archive unpacks to")
  func names() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DatasetError.self) { try CIFAR10Reader.files(in: folder.path) }
    for name in ["test_batch", "data_batch_1", "data_batch_2"] {
      _ = try folder.file("cifar-10-batches-bin/\(name).bin", [])
    }
    #expect(throws: DatasetError.self) { try CIFAR10Reader.files(in: folder.path) }
    for number in 3...5 { _ = try folder.file("cifar-10-batches-bin/data_batch_\(number).bin", []) }
    let files = try CIFAR10Reader.files(in: folder.path)
    #expect(files.training.count == 5 && files.test.count == 1)
    #expect(files.training[4].hasSuffix("/cifar-10-batches-bin/data_batch_5.bin"))
    _ = try folder.file("test.bin", [])
    #expect(try CIFAR100Reader.files(in: folder.path) == ([], ["\(folder.path)/test.bin"]))
  }

  /// Counts and sums by NumPy from the same file.
  @Test(
    "Real CIFAR-10 test images are read as NumPy reads them",
    .enabled(if: Shared.hasCIFAR, "no file ../shared/data/cifar10/test_1017.bin"))
  func real() throws {
    let dataset = try dataset("cifar-10", [], [Shared.cifar])
    let manifest = dataset.manifest
    #expect(manifest.records.count == 1017)
    let counts = (0..<10).map { label in manifest.records.count { $0.label == label } }
    #expect(counts == [105, 93, 100, 104, 92, 87, 114, 102, 110, 110])
    let first = try dataset.inputs(at: [0]).map { Int(($0 * 255).rounded()) }
    #expect(first.reduce(0, +) == 332_962 && first.prefix(4) == [158, 112, 49, 159])
    let statistics = try dataset.statistics(at: manifest.selection(of: .test))
    let expected = [
      (0.496_099_39, 0.246_615_08), (0.486_521_57, 0.242_627_44),
      (0.450_870_47, 0.261_691_1),
    ]
    for (channel, (mean, deviation)) in expected.enumerated() {
      #expect(abs(statistics.mean[channel] - mean) < 1e-7)
      #expect(abs(statistics.standardDeviation[channel] - deviation) < 1e-7)
    }
  }
}

/// Files beside the project that tests may read and need not.
enum Shared {
  static let cifar = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/data/cifar10/test_1017.bin").path
  static var hasCIFAR: Bool { FileManager.default.fileExists(atPath: cifar) }
}
