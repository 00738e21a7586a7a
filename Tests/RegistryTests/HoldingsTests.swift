import Records
import Testing

@testable import Registry

@Suite("What versions hold of everybody at once")
struct HoldingsTests {
  /// People in, certified out of, and unknown to a family of versions.
  private func story() throws -> Story {
    var story = try Story()
    let first = try story.makes(Made.part("extractor"), Made.part("classifier"))
    for number in UInt8(1)...6 {
      try story.approves(number, foundIn: number % 2 == 0 ? ["classifier": [first]] : [:])
    }
    let second = try story.forgets(2, in: first, .warn, parts: ["extractor", "classifier"])
    let third = try story.forgets(4, in: second, .pass, parts: ["extractor", "classifier"])
    try story.approves(7, foundIn: ["extractor": [first, third]])
    _ = try story.forgets(6, in: third, .fail, parts: ["extractor", "classifier"])
    let unknown = try story.makes(Made.part("classifier", .imported, isKnown: false))
    _ = try story.makes(from: unknown, Made.part("classifier", .parent), Made.part("adapter"))
    _ = try story.makes(from: unknown, Made.part("classifier"))
    _ = try story.makes(from: first, Made.part("classifier", .parent), Made.part("new", .parent))
    return story
  }

  @Test("it is what is worked out for each version and case alone")
  func same() throws {
    let state = try story().state
    var holdings = Holdings(in: state)
    for version in state.versions.indices.reversed() {
      for ordinal in state.cases.indices {
        #expect(
          holdings.held(by: version).exposure(to: ordinal)
            == state.exposure(of: version, to: ordinal))
      }
    }
    for ordinal in state.cases.indices {
      #expect(
        state.exposuresOfAll(to: ordinal)
          == state.versions.indices.map { state.exposure(of: $0, to: ordinal) })
    }
  }

  @Test("whom a move of an alias makes worse off follows from it")
  func undone() throws {
    let state = try story().state
    for after in state.versions.indices {
      for before in [nil] + state.versions.indices.map(Optional.some) {
        let worse = state.cases.indices.filter { ordinal in
          state.cases[ordinal].decision != .refused
            && state.exposure(of: after, to: ordinal)
              > (before.map { state.exposure(of: $0, to: ordinal) } ?? .clear)
        }
        #expect(state.undone(from: before, to: after) == RecordSelection(worse))
      }
    }
  }

  @Test("the states of all cases are those of each")
  func states() throws {
    let state = try story().state
    #expect(state.requestStates() == state.cases.indices.map { state.requestState(of: $0) })
  }
}
