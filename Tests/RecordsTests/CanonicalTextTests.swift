import Records
import Testing

@Suite struct CanonicalTextTests {
  private func text(_ value: some Encodable) -> String {
    String(decoding: CanonicalText.encode(value), as: UTF8.self)
  }

  @Test("Keys are sorted by their bytes, whatever order they come in")
  func keys() {
    let value = ["b": 1, "a": 2, "B": 3, "a10": 4, "a9": 5, "": 6, "é": 7, "_": 8]
    #expect(text(value) == #"{"":6,"B":3,"_":8,"a":2,"a10":4,"a9":5,"b":1,"é":7}"#)
  }

  @Test("Strings are UTF-8 with only what must be escaped escaped, slashes plain")
  func strings() {
    #expect(text(["a/b\"\\\n\t\u{1}é😀"]) == #"["a/b\"\\\n\t\u0001é😀"]"#)
  }

  @Test("Integers keep every digit")
  func integers() {
    #expect(text([Int.max, Int.min, 0]) == "[9223372036854775807,-9223372036854775808,0]")
    #expect(text([UInt64.max]) == "[18446744073709551615]")
  }

  @Test("A recipe has this text for ever")
  func recipe() throws {
    let recipe = Recipe(
      method: "imu", choices: ["scope": "classifier", "influence": "exact"],
      constants: ["topRatioPartsPerMillion": 100_000, "epochs": 3], seed: UInt64.max,
      environment: NumericEnvironment(
        architecture: "x86_64", matrixLibrary: "OpenBLAS 0.3.21", matrixKernel: "Haswell",
        engine: "1"))
    let golden =
      #"{"choices":{"influence":"exact","scope":"classifier"},"#
      + #""constants":{"epochs":3,"topRatioPartsPerMillion":100000},"#
      + #""environment":{"architecture":"x86_64","engine":"1","matrixKernel":"Haswell","#
      + #""matrixLibrary":"OpenBLAS 0.3.21"},"method":"imu","seed":18446744073709551615}"#
    #expect(text(recipe) == golden)
    let read = try CanonicalText.decode(Recipe.self, from: Array(golden.utf8), what: "recipe")
    #expect(read == recipe)
  }

  @Test("An event has this text for ever; what is nil is left out")
  func event() throws {
    let event = Event(
      registry: "00112233445566778899aabbccddeeff", after: nil,
      base: Digest(bytes: [UInt8](repeating: 0xCD, count: 32)), time: "2026-01-31T10:00:00Z",
      fact: RequestOpened(
        number: CaseNumber(bytes: [1, 2, 3, 4, 5, 6, 7, 8]),
        opening: Digest(bytes: [UInt8](repeating: 0xAB, count: 32)),
        receivedOn: try #require(CalendarDate("2026-01-31"))))
    let golden =
      #"{"base":"sha256:\#(String(repeating: "cd", count: 32))","#
      + #""fact":{"number":"0102030405060708","opening":"sha256:\#(String(repeating: "ab", count: 32))","#
      + #""receivedOn":"2026-01-31"},"kind":"request-opened","#
      + #""registry":"00112233445566778899aabbccddeeff","schema":2,"time":"2026-01-31T10:00:00Z"}"#
    #expect(String(decoding: event.text, as: UTF8.self) == golden)
  }

  @Test("Lineage survives its text, with what is not known kept apart from nothing")
  func lineage() throws {
    let digest = Digest(bytes: [UInt8](repeating: 0, count: 32))
    let set = TrainingSet(dataset: "v", root: digest, recordCount: 4, opening: digest)
    let lineage = Lineage(
      model: "speakers", number: 4, createdAt: "2026-11-22T00:00:00Z", parent: nil,
      recipe: Recipe(
        method: "train", seed: 1,
        environment: NumericEnvironment(
          architecture: "a", matrixLibrary: "b", matrixKernel: "c", engine: "d")),
      parts: [
        PartLineage(name: PartLineage.extractor, origin: .scratch, data: .unknown),
        PartLineage(
          name: PartLineage.classifier, origin: .scratch, data: TrainingData(sets: [set])),
      ])
    let bytes = CanonicalText.encode(lineage)
    let read = try CanonicalText.decode(Lineage.self, from: bytes, what: "lineage")
    #expect(read == lineage)
    #expect(text(lineage).contains(#""data":{"isKnown":false,"sets":[]},"name":"extractor""#))
    #expect(!text(lineage).contains(#""records""#))
  }

  @Test(
    "What does not fit is named",
    arguments: [
      (#"{"isKnown":true}"#, "the file is not what it should be: 'sets' is missing"),
      (
        #"{"isKnown":true,"isKnown":true,"sets":[]}"#,
        "the file is not what it should be: duplicate name 'isKnown' at byte 16"
      ),
      ("", "the file is not what it should be: text ends where a value should be at byte 0"),
    ])
  func refused(json: String, message: String) {
    let error = #expect(throws: CanonicalTextError.self) {
      try CanonicalText.decode(TrainingData.self, from: Array(json.utf8), what: "the file")
    }
    #expect(error?.description == message)
  }

  @Test("A bad digest inside a record is named with its path")
  func path() {
    let json = #"{"dataset":"v","opening":"sha256:00","recordCount":1,"root":"sha256:00"}"#
    let error = #expect(throws: CanonicalTextError.self) {
      try CanonicalText.decode(TrainingSet.self, from: Array(json.utf8), what: "x")
    }
    #expect(error?.reason == "'root': 'sha256:00' is no SHA-256 digest")
  }
}
