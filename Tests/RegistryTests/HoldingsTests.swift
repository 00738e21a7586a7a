import Records
import Testing

@testable import Registry

@Suite("What versions hold of everybody at once")
struct HoldingsTests {
  @Test("it is what is worked out for each version and case alone")
  func same() throws {
    let state = try Story.ofAFamily().state
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
    let state = try Story.ofAFamily().state
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
    let state = try Story.ofAFamily().state
    #expect(state.requestStates() == state.cases.indices.map { state.requestState(of: $0) })
  }
}
