import Foundation
import Testing

@testable import Operations
@testable import Registry

@Suite("Mending")
struct FsckTests {
  @Test("a repair that could not make what follows from the log fails, and says that alone")
  func undone() throws {
    let place = try Made.trained()
    try place.write("file", [1])
    let work = place.work(memory: place.path("file/memory"))
    let found = failure { _ = try work.repair() }
    #expect(found?.kind == .failed)
    #expect(found?.message.hasSuffix("Not a directory") == true)
    #expect(place.notices == [])
  }

  @Test("where there is nothing to mend nothing is said to be done")
  func nothing() throws {
    let place = try Made.trained()
    #expect(try place.work.repair().done == [])
    #expect(place.notices == [])
  }
}
