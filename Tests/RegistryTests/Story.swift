import Records
import Testing

@testable import Registry

/// What happens in a registry, told in memory: nothing is signed or written.
struct Story {
  private var batch: EventBatch
  private var count = 0

  init() throws {
    let state = try TemporaryRegistry().open().state
    batch = try EventBatch(state, at: CountingClock.time(1))
  }

  var state: RegistryState { batch.state }

  mutating func happens(_ fact: some Fact) throws { try batch.add(fact) }

  /// Opens a case whose person is in these versions' parts, and approves it.
  mutating func approves(_ number: UInt8, foundIn steps: [String: [Int]] = [:]) throws {
    try happens(Opened.case(number))
    try happens(
      PersonFound(number: .number(number), versions: steps.mapValues { RecordSelection($0) }))
    try happens(Decided.case(number, .approved))
  }

  /// Finds the person of a case in more versions' parts.
  mutating func finds(_ number: UInt8, _ steps: [String: [Int]]) throws {
    try happens(
      PersonFound(number: .number(number), versions: steps.mapValues { RecordSelection($0) }))
  }

  /// Makes a version.
  ///
  /// - Returns: its ordinal.
  mutating func makes(
    from parent: Int? = nil, run: String? = nil, _ parts: PartMade...
  ) throws -> Int {
    count += 1
    let ordinal = state.versions.count
    try happens(
      Made.version(
        "version \(count)", number: ordinal + 1, parent: parent.map(digest), parts: parts, run: run)
    )
    return ordinal
  }

  /// Forgets a case in a version, with a verdict; every part comes from the parent.
  ///
  /// - Returns: the ordinal of the version that has forgotten.
  mutating func forgets(
    _ number: UInt8, in parent: Int, _ verdict: Verdict,
    policy: Digest = TemporaryRegistry.policy, parts: [String] = ["classifier"]
  ) throws -> Int {
    count += 1
    let run = "run \(count)"
    try happens(
      ForgetBegun(
        run: .of(run), number: .number(number), parent: digest(parent), policy: policy,
        withheld: state.withheld))
    let version = state.versions.count
    try happens(
      Made.version(
        "version \(count)", number: version + 1, parent: digest(parent), method: "imu",
        parts: parts.map { Made.part($0, .parent) }, run: run))
    try happens(Found.evidence(verdict, in: digest(version), run: run, policy: policy))
    try happens(
      Issued.certificate(
        verdict, of: digest(version), weights: .of("weights of version \(count)"), run: run,
        case: number, policy: policy))
    return version
  }

  /// Moves the alias `production`, saying whom that undoes.
  mutating func serves(_ version: Int) throws {
    let standing = state.aliases.values.first?.version
    try happens(
      Moved.production(
        from: standing.map(digest), to: digest(version),
        undone: state.undone(from: standing, to: version).indices))
  }

  func digest(_ ordinal: Int) -> Digest { state.versions[ordinal].digest }

  func exposure(of version: Int, to ordinal: Int = 0) -> Exposure {
    state.exposure(of: version, to: ordinal)
  }
}
