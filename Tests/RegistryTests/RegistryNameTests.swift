import Testing

@testable import Registry

@Suite("Names")
struct RegistryNameTests {
  static let hostile = [
    "", ".", "..", "../x", "a/b", "/etc/passwd", "a\0b", " a", "a ", "-a", "_a", ".a", "a\nb", "é",
    "a@b", "a:b", "a%2fb", String(repeating: "a", count: 65),
    String(repeating: "a", count: 100_000),
  ]

  @Test("hostile names are refused for everything that reaches a path", arguments: hostile)
  func hostileNames(name: String) throws {
    #expect(throws: RegistryError.self) { try RegistryName.check(name, for: "a request") }
    #expect(throws: RegistryError.self) { try RegistryName.checkModel(name) }
    #expect(throws: RegistryError.self) { try RegistryName.checkAlias(name) }
    let file = name + (name.count == 65 ? name : "")
    #expect(throws: RegistryError.self) { try RegistryName.checkFile(file) }
  }

  @Test("the refusal is short and shows no control characters", arguments: hostile)
  func refusalIsPrintable(name: String) throws {
    let error = #expect(throws: RegistryError.self) {
      try RegistryName.check(name, for: "a request")
    }
    let text = try #require(error).description
    #expect(text.count < 250)
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test("ordinary names pass", arguments: ["a", "DSR-2026-001", "speakers", "a.b_c-d", "9"])
  func ordinaryNames(name: String) throws {
    try RegistryName.check(name, for: "a request")
    try RegistryName.checkModel(name)
    try RegistryName.checkAlias(name)
  }

  @Test("an alias may not be read as a version or a digest", arguments: ["v3", "deadbeef"])
  func aliasThatMisleads(name: String) {
    #expect(throws: RegistryError.self) { try RegistryName.checkAlias(name) }
  }

  @Test("a model must fit the OCI reference grammar", arguments: ["a-", "a..b", "a.-b"])
  func modelOutsideGrammar(name: String) {
    #expect(throws: RegistryError.self) { try RegistryName.checkModel(name) }
  }

  @Test("only canonical version numbers are numbers")
  func versionNumbers() {
    #expect(RegistryName.versionNumber("v12") == 12)
    for text in ["v0", "v01", "v+1", "v-1", "12", "v", "V1", "v99999999999999999999"] {
      #expect(RegistryName.versionNumber(text) == nil)
    }
  }
}
