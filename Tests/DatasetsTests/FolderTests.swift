import Records
import Testing

@testable import Datasets

/// Pictures of 3×2 pixels made with Pillow; so are the pixels expected.
enum Pictures {
  static let pixels: [UInt8] =
    [255, 0, 0, 0, 255, 0, 0, 0, 255] + [10, 20, 30, 40, 50, 60, 70, 80, 90]
  static let colour = base64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAGElEQVR4nGP4z8DA8J+BgeE/I5eIHAQAADEzA++e06gj"
      + "AAAAAElFTkSuQmCC")
  static let grey = base64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4nGNgaPjPyMjICAAIDQGEBK4a7AAAAABJRU5E"
      + "rkJggg==")
  static let palette = base64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACBAMAAABvWnspAAAAElBMVEUA/wBGUFooMjwKFB7/AAAAAP+LQjFZAAAADklE"
      + "QVR4nGN0EGD5dAEABEwCGFbUOpoAAAAASUVORK5CYII=")
  static let transparent = base64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAHklEQVR4nAXBoQEAAAiAMKxmM/9/iRtBBFCzZyoqD27C"
      + "BuzOOXXiAAAAAElFTkSuQmCC")
  static let sixteenBits = base64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAAAAADoj+WFAAAAEUlEQVR4nGNgYGhg+P+fEQIAFpkChsBHNh4AAAAASUVO"
      + "RK5CYII=")
  /// 12×8: each pixel of `colour` four by four.
  static let jpeg = base64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYG"
      + "CAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK"
      + "CgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAIAAwDAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAmEAAA"
      + "AwMNAAAAAAAAAAAAAAAAEhQCERMICRYXGCcxRmFkZqXj/8QAFwEAAwEAAAAAAAAAAAAAAAAABAYHCf/EAC4RAAEBAwUR"
      + "AAAAAAAAAAAAABIRABQVAQgTGGMEBQYWIiMlQUJDYWJloaTh5P/aAAwDAQACEQMRAD8AiOSFORVb0huZWrUmYoZCRtu0"
      + "95tMBDsJZv8AjFRaSAC3JKSWsiIjET1L+1wIDm4ZDHrW80ry78LnAHfnI9kcoxsm8+6r1GvtdroHlfMyDBLTt7b/2Q=="
  )
  /// 12×8, grey.
  static let greyJPEG = base64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYG"
      + "CAsICQoKCgoKBggLDAsKDAkKCgr/wAALCAAIAAwBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EACYQAAADAw0AAAAA"
      + "AAAAAAAAABIUFgAIEQMTGBohJ0FFYWNpp+X/2gAIAQEAAD8AIJxV+Ohcqbr1KpSOdkyxcxsyoxT+kA4xsYGvI8X3dfit"
      + "/9k=")
  /// 2×2, four inks.
  static let inks = base64(
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3"
      + "KSwwMTQ0NB8nOT04MjwuMzQy/8AAFAgAAgACBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEA"
      + "AAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AH8/n8/v/9k=")
}

@Suite struct PictureTests {
  private func decode(_ file: [UInt8]) throws -> Picture {
    try PictureCodecs.decode(file, path: "p")
  }

  @Test("PNG pictures are decoded exactly: colours, grey, palettes")
  func png() throws {
    #expect(
      try decode(Pictures.colour)
        == Picture(width: 3, height: 2, channels: 3, pixels: Pictures.pixels))
    #expect(try decode(Pictures.palette).pixels == Pictures.pixels)
    #expect(
      try decode(Pictures.grey)
        == Picture(width: 3, height: 2, channels: 1, pixels: [0, 128, 255, 1, 2, 3]))
    #expect(try decode(Pictures.grey).inColour.pixels.prefix(6) == [0, 0, 0, 128, 128, 128])
  }

  @Test("Transparent pixels lie on black, and 16 bits become 8")
  func kinds() throws {
    var expected = Pictures.pixels
    expected[4] = 0
    #expect(try decode(Pictures.transparent).pixels == expected)
    #expect(try decode(Pictures.sixteenBits).pixels == [0, 128, 255, 1, 2, 3])
  }

  @Test("JPEG pictures are decoded as Pillow decodes them; inks are refused")
  func jpeg() throws {
    let picture = try decode(Pictures.jpeg)
    #expect(picture.width == 12 && picture.height == 8 && picture.channels == 3)
    #expect(picture.pixels.prefix(9) == [254, 0, 3, 253, 1, 0, 252, 0, 1])
    #expect(picture.pixels.reduce(0) { $0 + Int($1) } == 19_459)
    let grey = try decode(Pictures.greyJPEG)
    #expect(grey.channels == 1 && grey.pixels.reduce(0) { $0 + Int($1) } == 6_231)
    #expect(throws: DatasetError.self) { try decode(Pictures.inks) }
  }

  @Test("Pictures that are cut off, damaged or something else are refused, never a crash")
  func damage() {
    var generator = SeededGenerator(seed: 22)
    for whole in [Pictures.colour, Pictures.grey, Pictures.palette, Pictures.jpeg] {
      // The last bytes may be a marker that nothing needs.
      for end in 0..<whole.count - 16 {
        #expect(throws: DatasetError.self) { try decode(Array(whole[..<end])) }
      }
      for _ in 0..<500 {
        let picture = try? decode(mutated(whole, with: &generator))
        #expect(picture.map { $0.pixels.count == $0.width * $0.height * $0.channels } ?? true)
      }
    }
    #expect(
      datasetError { _ = try decode(Array("GIF89a".utf8)) }?.description
        == "cannot read 'p': it is neither PNG nor JPEG")
  }

  @Test("A small file that claims to be a huge picture is refused before pixels are allocated")
  func claims() {
    var jpeg = Pictures.jpeg
    // The frame header: its marker, length, precision, then the height and the width.
    if let frame = jpeg.indices.first(where: { jpeg[$0...].starts(with: [0xFF, 0xC0]) }) {
      jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x10, 0, 0x10, 0])
    }
    #expect(
      datasetError { _ = try decode(jpeg) }?.description
        == "cannot read 'p': 4096×4096 pixels cannot be in \(jpeg.count) bytes")
  }

  /// By Pillow 13.0.0: `resize(size, BILINEAR, box)` of the middle; it rounds after rows and after
  /// columns, so the last bit may differ.
  @Test(
    "A picture is cut to its middle and scaled as Pillow does",
    arguments: [
      ("3x2", [112, 139, 158, 109, 131, 169]),
      ("4x4", [136, 167, 177, 194, 87, 87, 136, 168, 116, 112, 110, 160, 121, 139, 130, 216]),
      ("1x1", [137]),
      (
        "10x10",
        [
          180, 164, 171, 189, 216, 209, 168, 161, 186, 202, 141, 131, 144, 161, 180, 184, 172, 177,
          197, 195, 64, 64, 89, 104, 109, 135, 181, 210, 220, 182, 66, 64, 65, 75, 95, 123, 157,
          183, 198, 167, 148, 132, 73, 76, 139, 148, 102, 96, 131, 150, 163, 145, 77, 82, 160, 159,
          79, 67, 124, 161, 111, 104, 76, 93, 157, 156, 90, 97, 179, 199, 96, 96, 92, 111, 153, 150,
          105, 124, 210, 224, 117, 121, 127, 135, 146, 142, 124, 149, 219, 236, 127, 134, 144, 147,
          143, 138, 133, 161, 223, 242,
        ]
      ),
    ])
  func resizing(size: String, expected: [Int]) throws {
    let picture = Picture(
      width: 7, height: 5, channels: 1,
      pixels: [
        241, 160, 175, 229, 148, 198, 213, 57, 14, 76, 72, 223, 233, 1, 127, 210, 33, 204, 30, 119,
        209, 77, 87, 71, 184, 65, 253, 113, 122, 129, 149, 141, 130, 254, 206,
      ])
    let scaled = try picture.resized(to: #require(PictureSize(size))).pixels.map(Int.init)
    #expect(scaled.count == expected.count)
    #expect(zip(scaled, expected).allSatisfy { abs($0 - $1) <= 1 })
  }

  @Test("A size is written WxH and nothing else")
  func sizes() {
    #expect(PictureSize("32x16") == PictureSize(width: 32, height: 16))
    for text in ["", "32", "32x", "x32", "0x1", "1x4097", "+1x1", "01x1", "1x1x1", "1 x 1"] {
      #expect(PictureSize(text) == nil)
    }
  }
}

@Suite struct FolderTests {
  private func dataset(
    _ folder: TemporaryFolder, size: String? = nil, subjectKey: String? = nil,
    subjects: [String: [String: String]] = [:]
  ) throws -> Dataset {
    let files = try FolderReader.files(in: folder.path)
    return try Dataset(
      named: "d",
      reading: ReadingOptions(
        source: DataSource(
          format: "folder", training: files.training, test: files.test,
          settings: size.map { [FolderReader.sizeSetting: $0] } ?? [:]),
        subjectKey: subjectKey),
      subjects: subjects, hash: toyHash)
  }

  private func sample() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("train/dog/1.png", Pictures.grey)
    _ = try folder.file("train/cat/b.PNG", Pictures.palette)
    _ = try folder.file("train/cat/a.png", Pictures.colour)
    _ = try folder.file("train/cat/.hidden", [])
    _ = try folder.file("test/dog/x.png", Pictures.colour)
    try folder.folder("test/cat")
    return folder
  }

  @Test("Sub-folders are classes, sorted by name; grey pictures among coloured become coloured")
  func small() throws {
    let folder = try sample()
    let dataset = try dataset(folder)
    let manifest = dataset.manifest
    #expect(manifest.labelNames == ["cat", "dog"] && manifest.inputShape == [2, 3, 3])
    #expect(manifest.records.map(\.label) == [0, 0, 1, 1])
    #expect(manifest.records.map(\.id) == ["train-0001", "train-0002", "train-0003", "test-0001"])
    #expect(try dataset.inputs(at: [0]) == Pictures.pixels.map { Float($0) / 255 })
    #expect(try dataset.inputs(at: [2])[3..<6].allSatisfy { $0 == Float(128) / 255 })
    #expect(manifest.records[0].content == manifest.records[1].content)
    #expect(try Dataset(reopening: manifest, hash: toyHash).manifest == manifest)
  }

  @Test("Subjects are given by id or by path, or are the classes")
  func subjects() throws {
    let folder = try sample()
    let manifest = try dataset(
      folder, subjects: ["train/cat/b.PNG": ["pid": "7"], "test-0001": ["pid": "8"]]
    ).manifest
    #expect(manifest.records.map { $0.subjects["pid"] } == [nil, "7", nil, "8"])
    #expect(try dataset(folder, subjectKey: "pid").manifest.records[2].subjects == ["pid": "dog"])
    #expect(throws: DatasetError.self) {
      try dataset(folder, subjects: ["train/cat/z.png": ["pid": "7"]])
    }
    #expect(throws: DatasetError.self) {
      try dataset(folder, subjects: ["train-0002": ["a": "1"], "train/cat/b.PNG": ["b": "1"]])
    }
  }

  @Test("Pictures of other sizes are refused, or brought to the size asked for")
  func sizes() throws {
    let folder = try sample()
    let other = try folder.file("train/dog/2.jpg", Pictures.jpeg)
    #expect(
      datasetError { _ = try self.dataset(folder) }
        == .unreadable(
          file: other,
          reason: "it is 12x8, others are 3x2; give the size that all are brought to"))
    let dataset = try self.dataset(folder, size: "4x2")
    #expect(dataset.manifest.inputShape == [2, 4, 3])
    #expect(dataset.manifest.source.settings == ["size": "4x2", "test-files": "1"])
    #expect(try Dataset(reopening: dataset.manifest, hash: toyHash).manifest == dataset.manifest)
    #expect(throws: DatasetError.self) { try self.dataset(folder, size: "4") }
  }

  @Test("A folder without classes, with other files, or with other test classes is refused")
  func wrong() throws {
    let empty = try TemporaryFolder()
    #expect(throws: DatasetError.self) { try dataset(empty) }
    try empty.folder("train/cat")
    #expect(throws: DatasetError.self) { try dataset(empty) }
    let odd = try sample()
    let notes = try odd.file("train/cat/notes.txt", [])
    #expect(
      datasetError { _ = try dataset(odd) }
        == .unreadable(
          file: notes, reason: "a class folder has .png, .jpg and .jpeg files only"))
    let more = try sample()
    try more.folder("test/bird")
    #expect(throws: DatasetError.self) { try dataset(more) }
    let fake = try sample()
    _ = try fake.file("train/cat/c.png", [1, 2, 3])
    #expect(throws: DatasetError.self) { try dataset(fake) }
  }
}

@Suite struct StoreTests {
  @Test("Images lie in a file as bytes, series in memory; neither is kept as images of floats")
  func structure() throws {
    let folder = try TemporaryFolder()
    let files = [
      try folder.file("i", IDXTests.images), try folder.file("l", IDXTests.labels),
    ]
    let source = DataSource(format: "idx", files: files)
    let reading = try IDXReader.read(ReadingOptions(source: source))
    let store = try #require(reading.store as? PixelStore)
    #expect(try store.pixels(at: 1) == [1, 2, 3, 4, 5, 6])
    // All that a reading holds: no array grows with the pixels.
    for child in Mirror(reflecting: store).children {
      #expect(child.value is [Int] || child.value is TemporaryFile || child.value is Int)
    }
    #expect(Mirror(reflecting: store).children.count == 3)
    let vowels = try JapaneseVowelsReader.read(
      ReadingOptions(source: DataSource(format: "japanese-vowels")))
    #expect(vowels.store is SeriesStore)
  }

  @Test("Images written in pieces of any size are read back, also past a megabyte")
  func pieces() throws {
    var writer = try PixelStore.Writer(shape: [1, 1000, 3])
    let bytes = (0..<3_000 * 800).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 3000) }
    for start in stride(from: 0, to: bytes.count, by: 1_700) {
      try writer.append(Array(bytes[start..<min(start + 1_700, bytes.count)]))
    }
    let store = try writer.store()
    for position in [0, 1, 349, 350, 799] {
      #expect(
        try store.pixels(at: position)[...] == bytes[position * 3_000..<(position + 1) * 3_000])
    }
    #expect(throws: DatasetError.self) { try store.pixels(at: 800) }
  }

  @Test("Statistics over two data sets are those over their records together")
  func statistics() throws {
    let vowels = try Samples.vowels()
    let halves = try ChannelStatistics(over: [
      (vowels, RecordSelection(0..<100)), (vowels, RecordSelection(100..<270)),
    ])
    #expect(try vowels.statistics(at: RecordSelection(0..<270)) == halves)
    #expect(throws: DatasetError.noFrames) { try ChannelStatistics(over: []) }
  }

  @Test("Test files are the last ones, as many as the settings say")
  func splits() {
    let source = DataSource(format: "f", training: ["a", "b"], test: ["c"])
    #expect(source.files == ["a", "b", "c"] && source.settings == ["test-files": "1"])
    #expect(source.trainingFiles == ["a", "b"] && source.testFiles == ["c"])
    #expect(DataSource(format: "f", training: ["a"], test: []).settings == nil)
    for text in ["-1", "x", "9"] {
      let source = DataSource(format: "f", files: ["a"], settings: ["test-files": text])
      #expect(source.trainingFiles.count + source.testFiles.count == 1)
    }
  }
}
