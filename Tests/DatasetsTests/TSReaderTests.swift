import Datasets
import Foundation
import Records
import Testing

/// Reads files in a folder that is removed afterwards.
@Suite final class TSReaderTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "datasets-tests-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ text: String, _ name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func dataset(_ files: [String], subjectKey: String? = nil) throws -> Dataset {
    try Dataset(
      named: "ts",
      reading: ReadingOptions(
        source: DataSource(format: "ts", files: files), subjectKey: subjectKey), hash: toyHash)
  }

  private static let header = "@dimensions 1\n@classLabel true x y\n@data\n"

  /// The embedded data as a `.ts` file would give it.
  private func vowelsText(_ dataset: Dataset, _ split: Split) throws -> String {
    var text = "@timeStamps false\n@dimensions 12\n@equalLength false\n"
    text += "@classLabel true 1 2 3 4 5 6 7 8 9\n@data\n"
    for position in dataset.manifest.selection(of: split).indices {
      let values = try dataset.inputs(at: [position])
      let frames = try dataset.frameCounts(at: [position])[0]
      for channel in 0..<12 {
        text += (0..<frames).map { "\(values[$0 * 12 + channel])" }.joined(separator: ",") + ":"
      }
      text += "\(dataset.manifest.records[position].label + 1)\n"
    }
    return text
  }

  @Test("Japanese Vowels as .ts files give the digests of the embedded data")
  func vowels() throws {
    let embedded = try Samples.vowels()
    let files = [
      try write(vowelsText(embedded, .training), "TRAIN.ts"),
      try write(vowelsText(embedded, .test), "TEST.ts"),
    ]
    let read = try dataset(files, subjectKey: "pid")
    #expect(read.manifest.records == embedded.manifest.records)
    #expect(read.manifest.inputShape == [1, 29, 12])
    #expect(read.manifest.labelNames == (1...9).map(String.init))
    #expect(try read.inputs(at: [0, 639]) == embedded.inputs(at: [0, 639]))
    #expect(throws: DatasetError.ambiguousClass("1", named: 0, numbered: 1)) {
      try read.manifest.selection(matching: Selector("class=1"))
    }
  }

  @Test("Series of different lengths are padded to the longest of both files")
  func padding() throws {
    let read = try dataset([
      try write(Self.header + "1,2:x\n3:y\n", "a"), try write(Self.header + "4,5,6:y\n", "b"),
    ])
    #expect(read.manifest.inputShape == [1, 3, 1])
    #expect(read.manifest.records.map(\.id) == ["train-0001", "train-0002", "test-0001"])
    #expect(read.manifest.records.allSatisfy { $0.subjects.isEmpty })
    #expect(try read.inputs(at: [0, 1, 2]) == [1, 2, 0, 3, 0, 0, 4, 5, 6])
  }

  @Test("A file that changed since is named by its first changed record; moving it is no change")
  func changed() throws {
    let file = try write(Self.header + "1,2:x\n3:y\n4:x\n", "a")
    let manifest = try dataset([file], subjectKey: "who").manifest
    #expect(try Dataset(reopening: manifest, hash: toyHash).manifest == manifest)
    _ = try write(Self.header + "1,2:x\n3.5:y\n4.5:x\n", "a")
    #expect(
      throws: DatasetError.changed(
        dataset: "ts", record: "train-0002", reason: "has other content")
    ) { try Dataset(reopening: manifest, hash: toyHash) }
    _ = try write(Self.header + "1,2:x\n3:x\n4:x\n", "a")
    #expect(
      throws: DatasetError.changed(
        dataset: "ts", record: "train-0002", reason: "has another class")
    ) { try Dataset(reopening: manifest, hash: toyHash) }
    let moved = try dataset([try write(Self.header + "1,2:x\n3:y\n4:x\n", "b")], subjectKey: "who")
    #expect(moved.manifest.records == manifest.records)
  }

  @Test("Files that cannot be used are named")
  func unusable() throws {
    let missing = folder.appendingPathComponent("missing.ts").path
    #expect(
      throws: DatasetError.unreadable(
        file: missing, reason: "no such file, or no permission to read it")
    ) { try dataset([missing]) }
    #expect(
      throws: DatasetError.unreadable(file: folder.path, reason: "it is no regular file")
    ) { try dataset([folder.path]) }
    #expect(
      throws: DatasetError.unreadable(file: "/dev/zero", reason: "it is no regular file")
    ) { try dataset(["/dev/zero"]) }
    #expect(throws: DatasetError.self) { try dataset([]) }
    #expect(throws: DatasetError.self) { try dataset(["a", "b", "c"]) }
    let one = try write(Self.header + "1:x\n", "one")
    let other = try write("@dimensions 1\n@classLabel true y x\n@data\n1:x\n", "other")
    #expect(throws: DatasetError.self) { try dataset([one, other]) }
    #expect(throws: DatasetError.self) { try dataset([one], subjectKey: "class") }
    #expect(throws: DatasetError.self) { try dataset([one], subjectKey: "a b") }
    #expect(throws: DatasetError.unreadable(file: one, reason: "longer than 3 bytes")) {
      try PlainFile.read(one, sizeLimit: 3)
    }
  }

  @Test("A link to a file is read as the file")
  func link() throws {
    let file = try write(Self.header + "1:x\n", "one")
    let link = folder.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    #expect(try dataset([link]).manifest.records.count == 1)
  }

  @Test("One very long series does not make all others as long")
  func longest() throws {
    let series = Array(repeating: "1", count: 1_000_001).joined(separator: ",")
    let file = try write(Self.header + "\(series):x\n", "long")
    let expected = DatasetError.malformed(
      file: file, line: 4,
      reason: "1000001 frames of 1 channels; a record can have 1000000 values")
    #expect(throws: expected) { try dataset([file]) }
  }
}
