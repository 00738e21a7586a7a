import Records
import Testing

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }

  @Test(
    "What RFC 8259 allows is read",
    arguments: [
      ("null", .null), (" \t\r\ntrue\n", .bool(true)), ("false", .bool(false)),
      ("0", .number("0")), ("-0", .number("-0")), ("-12.50e+03", .number("-12.50e+03")),
      ("1E400", .number("1E400")), (#""""#, .string("")),
      (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
      (#""\u00e9\uD83D\uDE00\u0000""#, .string("é😀\0")), ("\"é\u{7F}\"", .string("é\u{7F}")),
      ("[]", .array([])), ("[ 1 , [ ] ]", .array([.number("1"), .array([])])), ("{}", .object([])),
      (#"{ "b" : 1 , "a" : {} }"#, .object([.init("b", .number("1")), .init("a", .object([]))])),
      (#"{"":0}"#, .object([.init("", .number("0"))])),
    ] as [(String, JSONValue)])
  func accepted(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(
    "What it does not allow is refused at the byte that does not belong",
    arguments: [
      ("", 0), (" ", 1), ("nul", 3), ("True", 0), ("nullx", 4), ("1 2", 2), ("\u{FEFF}1", 0),
      ("01", 1), ("-", 1), ("+1", 0), (".5", 0), ("1.", 2), ("1e", 2), ("1e+", 3), ("--1", 1),
      ("NaN", 0), ("Infinity", 0), ("0x10", 1), ("'a'", 0), ("\"", 1), ("\"a", 2), ("\"\\", 2),
      (#""\x""#, 3), (#""\u12""#, 5), (#""\u-000""#, 3), (#""\u+041""#, 3), (#""\u00g0""#, 5),
      ("\"\u{1}\"", 2), ("\"a\nb\"", 3), ("\"\0\"", 2), (#""\uD800""#, 7), (#""\uDC00""#, 7),
      (#""\uD800\u0041""#, 13), (#""\uD800\n""#, 8), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3),
      ("[1", 2), ("[", 1), ("]", 0), ("{", 1), ("{a:1}", 1), (#"{"a"}"#, 4), (#"{"a":}"#, 5),
      (#"{"a":1,}"#, 7), (#"{"a":1"#, 6), (#"{"a" 1}"#, 5), ("[1]//", 3), ("/**/1", 0),
    ])
  func refused(text: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try parse(text) }
    #expect(error?.offset == offset)
  }

  @Test(
    "A name given twice is refused, however it is spelled",
    arguments: [
      #"{"t":1,"t":2}"#, #"{"t":1,"\u0074":2}"#, #"{"/":1,"\/":2}"#, #"{"a":{"x":1,"x":1}}"#,
      #"{"é":1,"\u0065\u0301":2}"#,
    ])
  func duplicates(text: String) {
    let error = #expect(throws: JSONError.self) { try parse(text) }
    #expect(error?.reason.hasPrefix("duplicate name") == true)
  }

  @Test("The same name in two objects is no duplicate")
  func sameNameElsewhere() throws {
    let value = try parse(#"[{"a":1},{"a":{"a":2}}]"#)
    #expect(value.array?.last?["a"]?["a"]?.integer == 2)
  }

  @Test("Sixty-four levels are read, one more is refused, a million do not overflow the stack")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try parse(nested(JSONParser.depthLimit)) }
    let error = #expect(throws: JSONError.self) { try parse(nested(JSONParser.depthLimit + 1)) }
    #expect(error?.description == "nesting deeper than 64 at byte 64")
    #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: JSONError.self) { try parse(String(repeating: #"{"":"#, count: 100_000)) }
  }

  @Test("Text that is too long or not UTF-8 is refused")
  func bytes() {
    let error = #expect(throws: JSONError.self) {
      try JSONParser.parse(Array("1234".utf8), sizeLimit: 3)
    }
    #expect(error?.description == "text longer than 3 bytes at byte 3")
    #expect(throws: Never.self) { try JSONParser.parse(Array("123".utf8), sizeLimit: 3) }
    for bad in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
      let error = #expect(throws: JSONError.self) {
        try JSONParser.parse(bad.map { UInt8($0) })
      }
      #expect(error?.description == "text is not UTF-8 at byte 0")
    }
  }

  @Test(
    "A whole number is an integer only in its one spelling",
    arguments: [
      ("0", 0), ("-7", -7), ("9223372036854775807", Int.max), ("-0", nil), ("1.0", nil),
      ("1e2", nil), ("9223372036854775808", nil), (#""1""#, nil),
    ] as [(String, Int?)])
  func integers(text: String, value: Int?) throws {
    #expect(try parse(text).integer == value)
  }

  @Test("Mutated texts are read or refused, never a crash")
  func mutations() {
    var generator = SeededGenerator(seed: 5)
    let text = Array(#"{"a":[1,-2.5e3,true,null],"é\u00e9":{"b":"\uD83D\uDE00\n"},"c":""}"#.utf8)
    var accepted = 0
    var refused = 0
    for _ in 0..<5000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes = mutated(bytes, with: &generator)
      }
      do {
        _ = try JSONParser.parse(bytes)
        accepted += 1
      } catch {
        #expect((0...bytes.count).contains(error.offset))
        refused += 1
      }
    }
    #expect(accepted > 100)
    #expect(refused > 1000)
  }
}
