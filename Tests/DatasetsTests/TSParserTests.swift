import Datasets
import Testing

@Suite struct TSParserTests {
  static let header = "@problemName x\n@univariate false\n@dimensions 2\n@classLabel true b a\n"

  private static func parse(_ text: String) throws -> TSDocument {
    try TSParser.parse(Array(text.utf8), file: "x.ts")
  }

  @Test("a mark before the header is passed over")
  func mark() throws {
    let text = "@dimensions 1\n@classLabel true x\n@data\n1,2:x\n"
    #expect(
      try TSParser.parse(Array("\u{FEFF}\(text)".utf8), file: "f")
        == TSParser.parse(Array(text.utf8), file: "f"))
  }

  @Test("Dimensions become channels of frames, classes keep the order of the header")
  func reading() throws {
    let text = "# comment\r\n" + Self.header + "@DATA\n1,2.5:-3e-1,+4:a\r\n\n.5: 6 :b\n"
    let document = try Self.parse(text)
    #expect(document.classes == ["b", "a"])
    #expect(document.channels == 2)
    #expect(document.cases.map(\.label) == [1, 0])
    #expect(document.cases.map(\.values) == [[1, -0.3, 2.5, 4], [0.5, 6]])
  }

  @Test("A univariate file needs no dimensions")
  func univariate() throws {
    let document = try Self.parse("@univariate true\n@classLabel true 1\n@data\n1,2:1")
    #expect(document.channels == 1)
    #expect(document.cases.map(\.values) == [[1, 2]])
  }

  @Test(
    "What is wrong is named with file and line",
    arguments: [
      ("", "x.ts:1: the file ends without @data"),
      ("@dimensions 2\n", "x.ts:1: the file ends without @data"),
      ("1,2:a", "x.ts:1: expected a directive such as @data, not '1,2:a'"),
      ("@foo\n@data", "x.ts:1: unknown directive '@foo'"),
      ("@missing false\n@missing false", "x.ts:2: '@missing' is given twice"),
      ("@data\n", "x.ts:1: the header has no '@classLabel true' with the class labels"),
      (
        "@classLabel false\n@data",
        "x.ts:2: the header has no '@classLabel true' with the class labels"
      ),
      ("@classLabel true a a\n@data", "x.ts:2: @classLabel names a class twice"),
      ("@classLabel true a\n@data", "x.ts:2: the header needs @dimensions from 1 to 4096"),
      (
        "@classLabel true a\n@dimensions 0\n@data",
        "x.ts:3: the header needs @dimensions from 1 to 4096"
      ),
      (
        "@classLabel true a\n@dimensions 4097\n@data",
        "x.ts:3: the header needs @dimensions from 1 to 4096"
      ),
      (
        "@timestamps true\n@data", "x.ts:2: '@timestamps' must be false: such series cannot be read"
      ),
      ("@missing yes\n@data", "x.ts:2: '@missing' is neither true nor false"),
      (header + "@data\n", "x.ts:5: the file has no case after @data"),
      (header + "@data\n1:a", "x.ts:6: expected 2 dimensions and a class label, got 2 parts"),
      (header + "@data\n1:2:3:a", "x.ts:6: expected 2 dimensions and a class label, got 4 parts"),
      (header + "@data\n1:2:c", "x.ts:6: class 'c' is not in @classLabel"),
      (header + "@data\n1:2:", "x.ts:6: class '' is not in @classLabel"),
      (header + "@data\n1,2:3:a", "x.ts:6: dimension 2 has 1 frames, dimension 1 has 2"),
      (header + "@data\n1:?:a", "x.ts:6: '?' is no finite decimal number"),
      (header + "@data\n1:nan:a", "x.ts:6: 'nan' is no finite decimal number"),
      (header + "@data\n1:inf:a", "x.ts:6: 'inf' is no finite decimal number"),
      (header + "@data\n1:1e39:a", "x.ts:6: '1e39' is no finite decimal number"),
      (header + "@data\n1:0x1p3:a", "x.ts:6: '0x1p3' is no finite decimal number"),
      (header + "@data\n1::a", "x.ts:6: '' is no finite decimal number"),
      (header + "@data\n1,:1,2:a", "x.ts:6: '' is no finite decimal number"),
      (
        header + "@equalLength true\n@data\n1:1:a\n1,2:1,2:a",
        "x.ts:8: 2 frames, though @equalLength is true and the first case has 1"
      ),
    ])
  func refused(text: String, message: String) {
    #expect(datasetError { _ = try Self.parse(text) }?.description == message)
  }

  @Test("Text that is not UTF-8 is refused")
  func encoding() {
    #expect(throws: DatasetError.malformed(file: "x", line: 2, reason: "not UTF-8")) {
      try TSParser.parse(Array("@missing false\n@data".utf8) + [0xC3], file: "x")
    }
  }

  @Test("Any series written as text is read back to the bit")
  func property() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let channels = Int.random(in: 1...4, using: &generator)
      let classes = (0..<Int.random(in: 1...5, using: &generator)).map { "c\($0)" }
      var text =
        "@dimensions \(channels)\n@classLabel true \(classes.joined(separator: " "))\n@data\n"
      var labels: [Int] = []
      var values: [[Float]] = []
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let frames = Int.random(in: 1...5, using: &generator)
        let series = (0..<frames * channels).map { _ in
          Float.random(in: -1e6...1e6, using: &generator)
        }
        let dimensions = (0..<channels).map { channel in
          (0..<frames).map { "\(series[$0 * channels + channel])" }.joined(separator: ",")
        }
        let label = Int.random(in: classes.indices, using: &generator)
        text += (dimensions + [classes[label]]).joined(separator: ":") + "\n"
        labels.append(label)
        values.append(series)
      }
      let document = try Self.parse(text)
      #expect(document.cases.map(\.label) == labels)
      #expect(document.cases.map(\.values) == values)
    }
  }

  @Test("Mutated files are read or refused with a typed error, never a crash")
  func mutations() {
    var generator = SeededGenerator(seed: 12)
    let text = Array(
      (Self.header + "@missing false\n@equalLength false\n@data\n1,2:3,4:a\n5:6:b\n").utf8)
    var refused = 0
    for _ in 0..<5000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes = mutated(bytes, with: &generator)
      }
      do {
        let document = try TSParser.parse(bytes, file: "f")
        #expect(
          document.cases.allSatisfy {
            document.classes.indices.contains($0.label)
              && $0.values.count % document.channels == 0 && !$0.values.isEmpty
          })
      } catch {
        #expect(!"\(error)".isEmpty)
        refused += 1
      }
    }
    #expect(refused > 1000)
  }
}
