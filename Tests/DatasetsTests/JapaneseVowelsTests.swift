import Datasets
import Records
import Testing

/// Figures made with NumPy 2 from the .ts files of sktime 1.2.0, values as float32, sums in float64.
@Suite struct JapaneseVowelsTests {
  let dataset: Dataset
  var manifest: Manifest { dataset.manifest }

  init() throws { dataset = try Samples.vowels() }

  @Test("It has the utterances of nine speakers, by split")
  func counts() {
    #expect(manifest.selection(of: .training).text == "0-269")
    #expect(manifest.selection(of: .test).text == "270-639")
    var training = [Int](repeating: 0, count: 9)
    var test = training
    for record in manifest.records {
      if record.split == .training { training[record.label] += 1 } else { test[record.label] += 1 }
      #expect(record.subjects == ["pid": "\(record.label + 1)"])
    }
    #expect(training == [30, 30, 30, 30, 30, 30, 30, 30, 30])
    #expect(test == [31, 35, 88, 44, 29, 24, 40, 50, 29])
    #expect(manifest.inputShape == [1, 29, 12])
    #expect(manifest.labelNames == (1...9).map { "speaker-\($0)" })
  }

  @Test("Ids are the split and a number of four digits, and say nothing of the person")
  func ids() {
    #expect(manifest.records[0].id == "train-0001")
    #expect(manifest.records[269].id == "train-0270")
    #expect(manifest.records[270].id == "test-0001")
    #expect(manifest.records[639].id == "test-0370")
    #expect(Set(manifest.records.map(\.id)).count == 640)
  }

  @Test(
    "Values are those of the .ts text",
    arguments: [
      (0, 20, 0, 0, 1.860936), (0, 20, 19, 11, -0.175986), (131, 15, 3, 7, -0.046987),
      (269, 9, 8, 11, 0.173642), (270, 19, 0, 0, 1.635533), (639, 11, 10, 0, 1.177449),
      (470, 9, 5, 1, -1.118857),
    ] as [(Int, Int, Int, Int, Float)])
  func values(position: Int, frames: Int, frame: Int, channel: Int, value: Float) throws {
    #expect(try dataset.frameCounts(at: [position]) == [frames])
    let inputs = try dataset.inputs(at: [position])
    #expect(inputs.count == 29 * 12)
    #expect(inputs[frame * 12 + channel] == value)
    #expect(inputs[(frames * 12)...].allSatisfy { $0 == 0 })
  }

  @Test("Channel sums over a split are NumPy's")
  func sums() throws {
    try expect(
      .training, frames: 4274,
      sums: [
        3714.55690975607, -2369.93915017985, 1051.8702513623, -1142.41352804358, 935.906118025727,
        -899.840436497827, -743.954416071239, -220.98729216565, -875.876431624434,
        -774.422519458974, -100.830342201203, 368.478535971692,
      ])
    try expect(
      .test, frames: 5687,
      sums: [
        4292.59146842982, -2896.59751643885, 1238.76774933558, -1734.06989511414, 1313.60751594944,
        -1392.29998007482, -887.276347555642, -240.227142840482, -1201.90736582877,
        -1025.20155950867, -139.236838023411, 525.336483452367,
      ])
  }

  private func expect(_ split: Split, frames: Int, sums: [Double]) throws {
    let positions = manifest.selection(of: split).indices
    #expect(try dataset.frameCounts(at: positions).reduce(0, +) == frames)
    var found = [Double](repeating: 0, count: 12)
    for (index, value) in try dataset.inputs(at: positions).enumerated() {
      found[index % 12] += Double(value)
    }
    for (sum, expected) in zip(found, sums) { #expect(abs(sum - expected) < 1e-8) }
  }

  @Test("Statistics over real frames are NumPy's mean and population deviation")
  func statistics() throws {
    let statistics = try dataset.statistics(at: manifest.selection(of: .training))
    #expect(statistics.frameCount == 4274)
    let mean = [
      0.8691055006448446, -0.5545014389751627, 0.24610909016431898, -0.2672937594860974,
      0.2189766303289019, -0.21053823970468574, -0.17406514180422072, -0.051705028583446354,
      -0.20493131296781333, -0.1811938510666763, -0.02359156345372091, 0.08621397659609069,
    ]
    let deviation = [
      0.4876198840752165, 0.39118182570637217, 0.3009028692577913, 0.3059123890844743,
      0.269098944500612, 0.1683000401742655, 0.16122476215428905, 0.1883402219139175,
      0.18772420548360083, 0.1169169587491769, 0.09763703278817709, 0.12754668918154505,
    ]
    for (found, expected) in zip(statistics.mean, mean) { #expect(abs(found - expected) < 1e-12) }
    for (found, expected) in zip(statistics.standardDeviation, deviation) {
      #expect(abs(found - expected) < 1e-12)
    }
    let speaker = try dataset.statistics(at: manifest.selection(matching: Selector("pid=1")))
    #expect(speaker.frameCount == 542)
    #expect(abs(speaker.mean[0] - 1.3727483911735325) < 1e-12)
    #expect(abs(speaker.standardDeviation[11] - 0.09397130284933239) < 1e-12)
  }

  @Test("Inputs follow the order asked for, and padding can be any value a channel")
  func order() throws {
    let first = try dataset.inputs(at: [5])
    let second = try dataset.inputs(at: [300])
    #expect(try dataset.inputs(at: [300, 5, 300]) == second + first + second)
    #expect(try dataset.labels(at: [300, 5]) == [0, 0])
    #expect(try dataset.labels(at: [269, 0]) == [8, 0])
    let padding = (0..<12).map { Float($0) }
    let padded = try dataset.inputs(at: [0], padding: padding)
    #expect(Array(padded[(20 * 12)..<(21 * 12)]) == padding)
    #expect(padded.count == 29 * 12)
    #expect(try dataset.inputs(at: []).isEmpty)
  }

  @Test("Positions outside the manifest are named")
  func outside() {
    let expected = DatasetError.noSuchPosition(640, recordCount: 640)
    #expect(throws: expected) { try dataset.inputs(at: [0, 640]) }
    #expect(throws: expected) { try dataset.labels(at: [640]) }
    #expect(throws: expected) { try dataset.statistics(at: RecordSelection([1, 640])) }
    #expect(throws: DatasetError.noSuchPosition(-1, recordCount: 640)) {
      try dataset.frameCounts(at: [-1])
    }
    #expect(throws: DatasetError.noFrames) { try dataset.statistics(at: RecordSelection([])) }
  }

  @Test("A range of a trillion positions is refused before it is listed")
  func hostileRange() throws {
    let selection = try #require(RecordSelection(text: "0-1099511627774"))
    let expected = DatasetError.noSuchPosition(1_099_511_627_774, recordCount: 640)
    #expect(throws: expected) { try dataset.statistics(at: selection) }
    #expect(throws: expected) { try ForgetSet.canonicalBytes(of: [(manifest, selection)]) }
  }

  @Test("Files and foreign subject keys are refused")
  func options() {
    let files = ReadingOptions(source: DataSource(format: "japanese-vowels", files: ["/a"]))
    #expect(throws: DatasetError.self) { try JapaneseVowelsReader.read(files) }
    let key = ReadingOptions(source: DataSource(format: "japanese-vowels"), subjectKey: "user")
    #expect(throws: DatasetError.self) { try JapaneseVowelsReader.read(key) }
  }

  @Test("The layout is read exactly, and damaged bytes give nil, never a crash")
  func layout() throws {
    let bytes: [UInt8] =
      Array("JVOWELS1".utf8) + [2, 0, 3, 0, 1, 0, 1, 0]
      + [8, 1, 0x40, 0x42, 0x0F, 0xFF, 0xFF, 0xFF]
      + [0, 2, 1, 0, 0, 0, 0, 0x80, 0, 0, 0, 0xFF, 0xFF, 0x7F]
    let reading = try #require(JapaneseVowelsReader.reading(of: bytes))
    #expect(reading.inputShape == [1, 3, 2])
    #expect(reading.heads.map(\.split) == [.training, .test])
    #expect(reading.heads.map(\.label) == [8, 0])
    #expect(try reading.example(at: 0).values == [1, -0.000001])
    #expect(try reading.example(at: 1).values == [0.000001, -8.388608, 0, 8.388607])
    for end in bytes.indices {
      #expect(JapaneseVowelsReader.reading(of: Array(bytes[..<end])) == nil)
    }
    #expect(JapaneseVowelsReader.reading(of: bytes + [0]) == nil)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let reading = JapaneseVowelsReader.reading(of: mutated(bytes, with: &generator))
      #expect((reading?.heads.count ?? 2) <= 20)
    }
  }
}
