import Records
import Testing

@testable import Registry

/// What happens in a registry, told in memory: nothing is signed or written.
struct Story {
  private var batch: EventBatch
  private var count = 0
  /// What was so before the first of its events.
  let beginning: RegistryState

  init() throws {
    beginning = try TemporaryRegistry().open().state
    batch = try EventBatch(beginning, at: CountingClock.time(1))
  }

  var state: RegistryState { batch.state }
  var events: [Event] { batch.events }

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

  /// People in, certified out of, and unknown to a family of versions.
  static func ofAFamily() throws -> Story {
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
}
