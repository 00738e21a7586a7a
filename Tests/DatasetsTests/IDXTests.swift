import Datasets
import Records
import Testing

@Suite struct IDXTests {
  /// Two images of 2×3 pixels, and their labels 0 and 2.
  static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + [0, 51, 102, 153, 204, 255]
    + [1, 2, 3, 4, 5, 6]
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 0, 2]

  private func read(_ images: [UInt8], _ labels: [UInt8]) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try dataset([folder.file("images", images), folder.file("labels", labels)])
  }

  private func dataset(_ training: [String], _ test: [String] = []) throws -> Dataset {
    try Dataset(
      named: "d",
      reading: ReadingOptions(source: DataSource(format: "idx", training: training, test: test)),
      hash: toyHash)
  }

  /// The error without the name of the file.
  private func reason(_ images: [UInt8], _ labels: [UInt8] = Self.labels) -> String? {
    let error = datasetError { _ = try read(images, labels) }
    if case .damaged(_, let offset, let reason)? = error { return "\(offset): \(reason)" }
    return error?.description
  }

  @Test("Images and labels are read, a pixel v as v/255, in either order of the files")
  func small() throws {
    let folder = try TemporaryFolder()
    let files = [try folder.file("i", Self.images), try folder.file("l", Self.labels)]
    for files in [files, files.reversed()] {
      let dataset = try dataset(files)
      #expect(dataset.manifest.inputShape == [2, 3, 1])
      #expect(dataset.manifest.labelNames == ["0", "1", "2"])
      #expect(dataset.manifest.records.map(\.id) == ["train-0001", "train-0002"])
      #expect(try dataset.labels(at: [1, 0]) == [2, 0])
      #expect(try dataset.inputs(at: [0]) == [0, 0.2, 0.4, 0.6, 0.8, 1])
      #expect(try dataset.inputs(at: [1, 0]).first == Float(1) / 255)
      #expect(try dataset.frameCounts(at: [0]) == [6])
    }
  }

  @Test("A record's digest is over label, height, width, channels and the pixels' bytes")
  func digests() throws {
    let records = try read(Self.images, Self.labels).manifest.records
    let bytes: [UInt8] =
      [2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0] + [1, 2, 3, 4, 5, 6]
    #expect(records[1].content == toyHash(bytes))
  }

  @Test("A gzip'd file is the same data set, and the test split comes after training")
  func gzip() throws {
    let folder = try TemporaryFolder()
    let gzipped = try folder.file("i.gz", base64(Self.gzippedImages))
    let plain = try folder.file(
      "i", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2] + Array(0..<8))
    let labels = try folder.file("l", Self.labels)
    let dataset = try dataset([gzipped, labels], [plain, labels])
    let records = dataset.manifest.records
    #expect(records.map(\.id) == ["train-0001", "train-0002", "test-0001", "test-0002"])
    #expect(records[0].content == records[2].content)
    #expect(try dataset.inputs(at: [0, 1]) == dataset.inputs(at: [2, 3]))
    let again = try Dataset(reopening: dataset.manifest, hash: toyHash)
    #expect(again.manifest == dataset.manifest)
  }

  @Test("A file that changed is named by its record when it is opened again")
  func changed() throws {
    let folder = try TemporaryFolder()
    let images = try folder.file("i", Self.images)
    let first = try dataset([images, folder.file("l", Self.labels)])
    var other = Self.images
    other[other.count - 1] ^= 1
    _ = try folder.file("i", other)
    #expect(
      throws: DatasetError.changed(
        dataset: "d", record: "train-0002", reason: "has other content")
    ) { try Dataset(reopening: first.manifest, hash: toyHash) }
  }

  @Test("What was read stays as it was read, whatever becomes of the file")
  func snapshot() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset([
      folder.file("i", Self.images), folder.file("l", Self.labels),
    ])
    _ = try folder.file("i", [])
    #expect(try dataset.inputs(at: [0]) == [0, 0.2, 0.4, 0.6, 0.8, 1])
  }

  @Test(
    "A wrong header is refused with its byte",
    arguments: [
      ([1, 0, 8, 3], "0: an IDX file begins with two zero bytes"),
      ([0, 0, 13, 3], "2: the type is 13, not 8 for unsigned bytes"),
      ([0, 0, 8, 2], "3: 2 dimensions; labels have 1, images 3, or 4 with channels"),
      ([0, 0, 8, 255], "3: 255 dimensions; labels have 1, images 3, or 4 with channels"),
      ([0, 0, 8, 1], "3: one file of a split has images, the other labels"),
      ([0, 0], "2: it ends in the magic number, after 2 of 4 bytes"),
      ([0, 0, 8, 3, 0, 0], "6: it ends in the dimensions, after 2 of 4 bytes"),
      ([], "0: it ends in the magic number, after 0 of 4 bytes"),
    ] as [([UInt8], String)])
  func headers(start: [UInt8], expected: String) {
    let images = start.count == 4 ? start + Self.images[4...] : start
    #expect(reason(images) == expected)
  }

  @Test("Data that is cut off, goes on, or has no label for each image is refused")
  func lengths() {
    #expect(
      reason(Array(Self.images.dropLast())) == "27: it ends in image 2 of 2, after 5 of 6 bytes")
    #expect(reason(Self.images + [0]) == "28: more bytes follow where it should end")
    #expect(reason(Self.images, Self.labels + [0]) == "10: more bytes follow where it should end")
    #expect(
      reason(Self.images, Array(Self.labels.dropLast()))
        == "9: it ends in the labels, after 1 of 2 bytes")
    #expect(
      reason(Self.images, [0, 0, 8, 1, 0, 0, 0, 1, 0]) == "4: 1 labels for 2 images")
  }

  @Test("Headers that promise too much are refused before anything is read or allocated")
  func promises() {
    let huge: [UInt8] = [255, 255, 255, 255]
    let head: [UInt8] = [0, 0, 8, 3]
    let labels: [UInt8] = [0, 0, 8, 1] + huge
    #expect(
      reason(head + huge + [0, 0, 0, 1, 0, 0, 0, 1], labels)
        == "4: 4294967295 labels; there can be 10000000")
    #expect(
      reason(head + [0, 0, 0, 2] + huge + huge)
        == "4: an image of 4294967295×4294967295×1 values; each can have 1 to 1000000")
    #expect(
      reason(head + [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1])
        == "4: an image of 0×1×1 values; each can have 1 to 1000000")
  }

  @Test("A gzip bomb stops where the header says the data ends")
  func bomb() {
    #expect(reason(base64(Self.bomb)) == "24: more bytes follow where it should end")
  }

  @Test("Gzip data that is cut off, damaged, or followed by something is refused")
  func gzipDamage() {
    let whole = base64(Self.gzippedImages)
    #expect(reason(whole) == nil)
    #expect(reason(whole + [0])?.hasSuffix("more bytes follow its gzip data") == true)
    for end in 2..<whole.count { #expect(reason(Array(whole[..<end])) != nil) }
    var damaged = whole
    damaged[whole.count - 8] ^= 1
    #expect(reason(damaged)?.hasSuffix("its gzip data is damaged") == true)
  }

  @Test("Test records may only have the labels that training has")
  func strangeLabel() throws {
    let folder = try TemporaryFolder()
    let images = try folder.file("i", Self.images)
    let labels = try folder.file("l", Self.labels)
    let other = try folder.file("o", Self.labels.dropLast() + [7])
    let error = datasetError { _ = try dataset([images, labels], [images, other]) }
    #expect(
      error == .damaged(file: other, offset: 9, reason: "label 7, where training knows 0 to 2"))
  }

  @Test("Damaged bytes are read or refused, never a crash, and changed content is noticed")
  func mutations() throws {
    var generator = SeededGenerator(seed: 20)
    for _ in 0..<300 {
      let images = mutated(Self.images, with: &generator)
      let labels = mutated(Self.labels, with: &generator)
      guard let dataset = try? read(images, labels) else { continue }
      #expect(dataset.manifest.records.count <= 2)
      let gzipped = mutated(base64(Self.gzippedImages), with: &generator)
      _ = try? read(gzipped, Self.labels)
    }
  }

  /// Pixel sums and counts by NumPy from the same files.
  @Test(
    "Fashion-MNIST of the Debian package dataset-fashion-mnist is read as NumPy reads it",
    .enabled(if: FashionMNIST.isInstalled, "the package dataset-fashion-mnist is not installed"))
  func fashion() throws {
    let files = try IDXReader.files(in: FashionMNIST.folder)
    let dataset = try dataset(files.training, files.test)
    let manifest = dataset.manifest
    #expect(manifest.inputShape == [28, 28, 1])
    #expect(manifest.selection(of: .training).count == 60_000)
    #expect(manifest.selection(of: .test).count == 10_000)
    #expect(try dataset.labels(at: Array(0..<8)) == [9, 0, 0, 3, 0, 2, 7, 2])
    #expect(try dataset.labels(at: Array(60_000..<60_008)) == [9, 2, 1, 1, 6, 1, 4, 6])
    for label in 0..<10 {
      #expect(manifest.records.count { $0.label == label } == 7_000)
    }
    for (position, sum) in [0: 76_247, 1: 84_598, 59_999: 16_684, 60_000: 33_456] {
      let bytes = try dataset.inputs(at: [position]).map { Int(($0 * 255).rounded()) }
      #expect(bytes.reduce(0, +) == sum)
    }
    let statistics = try dataset.statistics(at: manifest.selection(of: .test))
    #expect(abs(statistics.mean[0] - 0.286_849_280_712_294_8) < 1e-8)
    #expect(abs(statistics.standardDeviation[0] - 0.352_444_153_247_44) < 1e-8)
    #expect(statistics.frameCount == 7_840_000)
  }

  /// Two images of 2×2 pixels 0 to 7, by Python's gzip.
  static let gzippedImages = "H4sIAAAAAAACA2Ng4GBmYGBggmNGJmYWVjZ2AD/UghYYAAAA"
  /// The same header and 300,000 zeros, by Python's gzip at level 9.
  static let bomb = """
    H4sIAAAAAAACA+3DwQkAIAwAsaN+3H9iv51BEkjdU80KAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADfeLUjGj7wkwQA
    """
}

/// Where the Debian package lays its files.
enum FashionMNIST {
  static let folder = "/usr/share/datasets/fashion-mnist"
  static var isInstalled: Bool { (try? IDXReader.files(in: folder))?.test.count == 2 }
}
