import Testing

@testable import Operations
@testable import Registry

@Suite("What a list shows")
struct ListTests {
  @Test("a version that an alias serves is shown whatever its age, and counted as no older one")
  func served() throws {
    let place = try Made.forgotten()
    #expect(
      try place.work.versions(newest: 1, requests: nil).versions.map(\.name) == ["speakers@v3"])
    _ = try place.work.promote("v1", alias: "legacy", override: "a comparison")
    let list = try place.work.versions(newest: 1, requests: nil)
    #expect(list.versions.map(\.name) == ["speakers@v1", "speakers@v3"])
    #expect(list.versions.map(\.aliases) == [["legacy"], ["production"]])
    #expect(list.olderVersions == 1)
    let all = try place.work.versions(newest: 5, requests: nil)
    #expect(all.versions.count == 3 && all.olderVersions == 0)
  }
}
