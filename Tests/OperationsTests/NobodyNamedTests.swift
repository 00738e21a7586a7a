import Foundation
import Records
import Testing

@testable import Datasets
@testable import Operations
@testable import Registry

@Suite("Nobody is named outside sealed parts")
struct NobodyNamedTests {
  /// 128 random bits in hexadecimal digits, the first a letter.
  private static func secret() -> String {
    var random = SystemRandomNumberGenerator()
    return "f"
      + (0..<31).map { _ in String(UInt8.random(in: 0..<16, using: &random), radix: 16) }.joined()
  }

  /// Every way in which a text may lie in a file.
  private static func spellings(_ text: String) -> [(name: String, bytes: Data)] {
    let bytes = Array(text.utf8)
    let hexadecimal = bytes.map { String($0, radix: 16) }.joined()
    let escaped = bytes.map { "%" + String($0, radix: 16) }.joined()
    var found = [
      ("raw", text), ("upper case", text.uppercased()), ("hexadecimal", hexadecimal),
      ("upper case hexadecimal", hexadecimal.uppercased()), ("percent-encoded", escaped),
      ("upper case percent-encoded", escaped.uppercased()),
    ].map { ($0, Data($1.utf8)) }
    for shift in 0..<3 {
      let padded = Data([UInt8](repeating: 0, count: shift) + bytes)
      // The characters at both ends depend on what stands beside the text.
      let inner = padded.base64EncodedString().dropFirst(shift == 0 ? 0 : shift + 1).dropLast(4)
      found.append(("base64 at \(shift)", Data(inner.utf8)))
      found.append(
        (
          "base64url at \(shift)",
          Data(inner.replacing("+", with: "-").replacing("/", with: "_").utf8)
        ))
    }
    // The digits may stand for sixteen bytes themselves.
    if let half = Hexadecimal.decode(text) { found.append(("as bytes", Data(half))) }
    return found
  }

  /// What every gzip member that begins in some bytes holds.
  private static func inflated(_ bytes: Data) -> [Data] {
    var found: [Data] = []
    var start = bytes.startIndex
    while let range = bytes.range(of: Data([0x1F, 0x8B, 8]), in: start..<bytes.endIndex) {
      start = range.upperBound
      guard let inflater = GzipInflater() else { continue }
      let rest = Array(bytes[range.lowerBound...])
      if let (output, _) = inflater.inflate(rest[...], limit: 1 << 22) {
        found.append(Data(output))
      }
    }
    return found
  }

  /// The texts that encoded content holds: base64 in the members of JSON and the lines of the log.
  private static func decoded(_ bytes: Data) -> [Data] {
    let isBase64: (UInt8) -> Bool = {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D
    }
    return bytes.split { !isBase64($0) }.filter { $0.count >= 24 }
      .compactMap { Data(base64Encoded: Data($0)) }
  }

  /// A place where a person of random name was forgotten under a request of random name.
  private func place(_ person: String, _ request: String) throws -> Place {
    let place = try Place()
    let people = (1...4).flatMap { person in (1...6).map { _ in person } }
    var list = ""
    for (index, number) in people.enumerated() {
      let digits = String(10_001 + index).dropFirst()
      list += "train-\(digits),name=\(number == 1 ? person : "n\(number)")\n"
    }
    try place.write("subjects.csv", Array(list.utf8))
    var order = DatasetOrder(name: "named")
    (order.format, order.training) = ("ts", People.files("train.ts"))
    (order.test, order.subjectKey) = (People.files("test.ts"), "pid")
    order.subjectsPath = place.path("subjects.csv")
    _ = try place.work.addDataset(order)
    try place.train { ($0.dataset, $0.alias) = ("named", "production") }
    try place.request(request, "name=\(person)")
    var evaluation = EvaluateOrder(version: "v1", dataset: "named")
    evaluation.split = .training
    _ = try place.work.evaluate(evaluation)
    try place.forget("v1", "name=\(person)")
    try place.forget("v2", "name=\(person)") { $0.target = .pass }
    _ = try place.work.promote("v1", alias: "staging", override: "\(request) of \(person)")
    return place
  }

  @Test("a random name and a random request id stand in no file, in no spelling")
  func nobody() throws {
    let (person, request) = (Self.secret(), Self.secret())
    let place = try place(person, request)
    #expect(place.audit() == (true, ""))
    let spellings = Self.spellings(person) + Self.spellings(request)
    var (open, sealed) = (0, 0)
    for file in try place.files() where file.hasPrefix("Registry/") {
      // Not even sealed parts bear them in their names.
      #expect(!file.contains(person) && !file.contains(request))
      let bytes = Data(try place.read(file))
      if file.hasPrefix("Registry/sealed/") { sealed += 1 } else { open += 1 }
      for content in [bytes] + Self.inflated(bytes) + Self.decoded(bytes) {
        for (name, spelling) in spellings {
          #expect(content.range(of: spelling) == nil, "\(file): \(name)")
        }
      }
    }
    #expect(open > 30 && sealed > 15)
    // The search finds what is there: the reports name both.
    let report = Data(try place.read("Reports/\(request)/report.md"))
    #expect(report.range(of: spellings[0].bytes) != nil)
  }

  @Test("the search itself finds a name in every spelling")
  func search() throws {
    let text = Self.secret()
    for (name, spelling) in Self.spellings(text) where name.hasPrefix("base64 ") {
      let shift = try #require(Int(name.suffix(1)))
      let around = Data([UInt8](repeating: 65, count: shift) + Array(text.utf8) + [66, 67, 68])
      #expect(Data(around.base64EncodedString().utf8).range(of: spelling) != nil, "\(name)")
    }
    let encoded = Data("{\"payload\":\"\(Data(text.utf8).base64EncodedString())\"}".utf8)
    #expect(Self.decoded(encoded).contains(Data(text.utf8)))
  }

  @Test("every file has a mode of its kind, personal ones 0600")
  func modes() throws {
    let place = try place(Self.secret(), Self.secret())
    for file in try place.files() where file.hasPrefix("Registry/") {
      let name = String(file.dropFirst("Registry/".count))
      let mode = try place.mode(file)
      let wanted =
        switch true {
        case name.hasPrefix("sealed/") || name.hasPrefix("work/"): 0o600
        case name.hasPrefix("keys/"): name.hasSuffix(".pub.pem") ? 0o644 : 0o600
        case name.hasPrefix("blobs/") || name.hasPrefix("attestations/"): 0o444
        default: 0o644
        }
      #expect(mode == wanted, "\(file): \(String(mode, radix: 8))")
    }
  }
}
