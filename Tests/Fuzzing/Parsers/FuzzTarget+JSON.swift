import Records

extension FuzzTarget {
  /// A JSON text; what is read and written canonically must be read as the same again.
  static let json = FuzzTarget(
    name: "json",
    seeds: [
      "object": [UInt8](text: #"{"a":[1,-2.5e+3,true,false,null],"b":{"c":"\u00e9\n"},"":""}"#),
      "pair": [UInt8](text: #"["\ud83d\ude00", 0, "é", "/", "\/"]"#),
      "space": [UInt8](text: " [ ] \r\n\t"),
      "deep": [UInt8](text: String(repeating: "[", count: 60) + String(repeating: "]", count: 60)),
    ],
    tokens: [
      "true", "false", "null", "\\u", "\\ud83d\\ude00", "\\u0000", "{\"", "\":", "[[[[", "]]]]",
      "1e", "-0", "0.0", "e+", "\u{FEFF}", "e\u{301}",
    ].map { [UInt8](text: $0) },
    parse: { bytes in
      let value = try JSONParser.parse(bytes)
      precondition(count(value) <= bytes.count, "more values than bytes")
      let again = try? JSONParser.parse(bytes + [0x20])
      precondition(again == value, "two readings differ")
    })

  private static func count(_ value: JSONValue) -> Int {
    switch value {
    case .array(let elements): elements.reduce(1) { $0 + count($1) }
    case .object(let members): members.reduce(1) { $0 + count($1.value) }
    default: 1
    }
  }
}
