import Records
import Signing
import Testing

@Suite("in-toto statements")
struct StatementTests {
  struct Finding: Codable, Equatable {
    let verdict: String
    let accuracyPartsPerMillion: Int
  }

  let finding = Finding(verdict: "WARN", accuracyPartsPerMillion: 980_000)

  func statement() throws -> Statement {
    try Statement(
      subjects: [.init(name: "speakers@v4", digest: SHA256.digest(of: "abc"))],
      predicateType: "https://example.com/finding/v1", encoding: finding)
  }

  @Test("the text is canonical, and reads back to the same statement")
  func text() throws {
    let text = try statement().text
    #expect(
      String(decoding: text, as: UTF8.self) == """
        {"_type":"https://in-toto.io/Statement/v1",\
        "predicate":{"accuracyPartsPerMillion":980000,"verdict":"WARN"},\
        "predicateType":"https://example.com/finding/v1",\
        "subject":[{"digest":{"sha256":\
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},\
        "name":"speakers@v4"}]}
        """)
    let again = try Statement(parsing: text)
    #expect(again == (try statement()))
    #expect(again.text == text)
    #expect(try again.predicate(as: Finding.self) == finding)
  }

  @Test("our canonical text is that of the records")
  func canonicalText() throws {
    let strings = (0..<0x3000).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    let text = CanonicalText.encode(["b": strings, "a": ["/\\\"😀"], "A": [], "é": [], "a_": []])
    #expect(try JSONParser.parse(text).canonicalText == text)
  }

  @Test("a signed statement is trusted only whole and only by its key")
  func signed() throws {
    let key = try PrivateKey.generate()
    let envelope = try statement().signed(by: key)
    #expect(
      try Statement(verifying: envelope.text, trusted: [key.publicKey]) == (try statement()))
    let other = try DSSEEnvelope.signing(
      payloadType: "text/plain", payload: statement().text, with: key)
    #expect(
      throws: SigningError.document(
        .wrongValue(
          at: "envelope.payloadType", expected: Statement.payloadType, found: "text/plain"))
    ) { try Statement(verifying: other.text, trusted: [key.publicKey]) }
  }

  @Test(
    "what is no statement is refused with its place; unknown names are passed over",
    arguments: [
      (#"{"_type":"x"}"#, "statement._type"),
      (#"{"_type":"https://in-toto.io/Statement/v1"}"#, "statement.subject"),
      (
        #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"n","digest":{}}]}"#,
        "statement.subject[0].digest.sha256"
      ),
      (
        #"{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicate":7}"#,
        "statement.predicate"
      ),
    ])
  func refusals(_ text: String, _ path: String) throws {
    let error = try #require(throws: SigningError.self) {
      try Statement(parsing: Array(text.utf8))
    }
    #expect(error.description.contains("'\(path)'"))
    let more = #"{"more":1,"# + String(decoding: try statement().text.dropFirst(), as: UTF8.self)
    #expect(try Statement(parsing: Array(more.utf8)) == (try statement()))
  }
}
