import Records
import Testing

@testable import Registry

@Suite("Tags of requests that are lost")
struct LostTagsTests {
  @Test("the next writer makes them anew", arguments: [nil, [UInt8](repeating: 7, count: 31)])
  func remade(key: [UInt8]?) throws {
    let registry = try RequestTagsTests.tagged()
    try registry.remove("sealed/requests/key")
    if let key { try registry.write("sealed/requests/key", key, mode: 0o600) }
    #expect(try registry.open().requestTags() == nil)
    try registry.commit(ModelAdded(model: "next"))
    #expect(try registry.open().requestTags() != nil)
    #expect(try registry.failures() == [])
    let size = try registry.open().state.size
    try registry.commit(ModelAdded(model: "afterwards"))
    // Once: the state is kept for nothing else.
    #expect(try registry.open().state.size == size + 1)
  }

  @Test(
    "a repair takes away what nobody can open", arguments: [nil, [UInt8](repeating: 7, count: 31)])
  func mended(key: [UInt8]?) throws {
    let registry = try RequestTagsTests.tagged()
    try registry.remove("sealed/requests/key")
    if let key { try registry.write("sealed/requests/key", key, mode: 0o600) }
    #expect(try registry.mend().failures == [])
    #expect(try registry.failures() == [])
  }
}
