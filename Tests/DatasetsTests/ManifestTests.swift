import Datasets
import Records
import Testing

@Suite struct ManifestTests {
  @Test("A record's digest is over its label, value count and little-endian binary32 values")
  func canonicalBytes() {
    let example = Example(split: .test, label: 258, values: [1, -0.5])
    #expect(
      example.canonicalBytes == [2, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xBF])
  }

  /// The two record digests were made by a Python script with NumPy from the .ts files.
  @Test("The manifest of Japanese Vowels never changes")
  func golden() throws {
    let manifest = try Samples.vowels().manifest
    #expect(
      manifest.records[0].content.hex
        == "755622cf51e5fa012caa84968533e20298f5c5bbb6bd2573f0c18491aac9f3ac")
    #expect(
      manifest.records[639].content.hex
        == "017f157d65d95f601daac5088b824723f4161db00d8884228c750cb83e341dfd")
    #expect(
      toyHash(CanonicalText.encode(manifest)).hex
        == "d368494bb29fff751df81962d1daadac3f9ed62c4f5aaf0f38ca371be40654e6")
    #expect(Set(manifest.records.map(\.content)).count == 640)
  }

  @Test("A manifest survives its canonical text")
  func roundTrip() throws {
    let manifest = try Samples.vowels().manifest
    let text = CanonicalText.encode(manifest)
    let read = try CanonicalText.decode(Manifest.self, from: text, what: "the manifest")
    #expect(read == manifest)
    #expect(CanonicalText.encode(read) == text)
  }

  @Test("A forget set's bytes are sorted and do not depend on the order of the data sets")
  func forgetSet() throws {
    let small = (manifest: Samples.manifest, records: RecordSelection([4, 1]))
    let vowels = (manifest: try Samples.vowels().manifest, records: RecordSelection([0]))
    let bytes = try ForgetSet.canonicalBytes(of: [vowels, small])
    #expect(try ForgetSet.canonicalBytes(of: [small, vowels]) == bytes)
    let test = toyHash(Array("test-0001".utf8))
    let train = toyHash(Array("train-0002".utf8))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"[{"content":"\#(test)","dataset":"small","id":"test-0001"},"#
        + #"{"content":"\#(train)","dataset":"small","id":"train-0002"},"#
        + #"{"content":"\#(vowels.manifest.records[0].content)","dataset":"vowels","#
        + #""id":"train-0001"}]"#)
  }

  @Test("Data that still gives the manifest is reopened, with the manifest's subjects")
  func reopening() throws {
    let listed = ["train-0001": ["household": "3"]]
    let dataset = try Dataset(
      named: "v", reading: ReadingOptions(source: DataSource(format: "japanese-vowels")),
      subjects: listed, hash: toyHash)
    #expect(dataset.manifest.records[0].subjects == ["pid": "1", "household": "3"])
    let again = try Dataset(reopening: dataset.manifest, hash: toyHash)
    #expect(again.manifest == dataset.manifest)
    #expect(try again.inputs(at: [0]) == dataset.inputs(at: [0]))
  }

  @Test("The first record that changed is named")
  func changed() throws {
    let manifest = try Samples.vowels().manifest
    var records = manifest.records
    for index in [17, 3] {
      let old = records[index]
      records[index] = ManifestRecord(
        id: old.id, content: toyHash([]), label: old.label, subjects: old.subjects,
        split: old.split)
    }
    expectChange(manifest, records, "train-0004", "has other content")
    records = manifest.records
    records.remove(at: 100)
    expectChange(manifest, records, "train-0102", "is missing")
    expectChange(manifest, manifest.records.dropLast(), "test-0370", "is new")
    let extra = ManifestRecord(
      id: "test-0371", content: toyHash([]), label: 0, subjects: [:], split: .test)
    expectChange(manifest, manifest.records + [extra], "test-0371", "is missing")
  }

  private func expectChange(
    _ manifest: Manifest, _ records: some Sequence<ManifestRecord>, _ id: String, _ reason: String
  ) {
    let old = Manifest(
      dataset: manifest.dataset, source: manifest.source, inputShape: manifest.inputShape,
      labelNames: manifest.labelNames, records: Array(records))
    #expect(throws: DatasetError.changed(dataset: "vowels", record: id, reason: reason)) {
      try Dataset(reopening: old, hash: toyHash)
    }
  }

  @Test("Other class names or another shape are a change too")
  func otherHead() throws {
    let manifest = try Samples.vowels().manifest
    let renamed = Manifest(
      dataset: "vowels", source: manifest.source, inputShape: manifest.inputShape,
      labelNames: ["a"], records: manifest.records)
    #expect(throws: DatasetError.self) { try Dataset(reopening: renamed, hash: toyHash) }
    let reshaped = Manifest(
      dataset: "vowels", source: manifest.source, inputShape: [1, 30, 12],
      labelNames: manifest.labelNames, records: manifest.records)
    #expect(throws: DatasetError.self) { try Dataset(reopening: reshaped, hash: toyHash) }
  }

  @Test("An unknown format is refused with the formats there are")
  func unknownFormat() {
    let known = ["japanese-vowels", "ts", "idx", "cifar-10", "cifar-100", "folder"]
    let expected = DatasetError.unknownFormat("csv", known: known)
    #expect(throws: expected) {
      try Dataset(
        named: "x", reading: ReadingOptions(source: DataSource(format: "csv")), hash: toyHash)
    }
    #expect(
      "\(expected)"
        == "no reader for format 'csv'; use \(known.map { "'\($0)'" }.joined(separator: ", "))")
  }

  @Test("Subjects of records that do not exist are refused")
  func strangers() {
    #expect(throws: DatasetError.self) {
      try Dataset(
        named: "x", reading: ReadingOptions(source: DataSource(format: "japanese-vowels")),
        subjects: ["train-9999": ["user": "a"]], hash: toyHash)
    }
  }
}
