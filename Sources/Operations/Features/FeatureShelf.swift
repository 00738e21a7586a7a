package import NeuralNetworks
package import Records
import Registry
import Synchronization

/// What one extractor makes of records, made once and kept in the registry for every later command.
///
/// Features are personal data. Those of the person a command is about are not written, nor those of
/// anybody whose request has been met; `finish` erases what earlier commands had written of them.
package final class FeatureShelf: Sendable {
  private let registryPath: String
  private let network: Network
  private let key: Digest
  private let environment: NumericEnvironment
  /// Whose features are made but not written.
  private let subject: Selector?
  private let startedAt: String
  /// Whether what is made can be written and vouched for: not on a medium that is only read, nor
  /// without the engine's key.
  private let isKeeping: Bool
  private let state: Mutex<State>

  private struct State {
    /// By data set, read at the first use.
    var segments: [Digest: [FeatureSegment]]?
    var pending: [Digest: PendingFeatures] = [:]
    /// The network that was asked about last, and whether its extractor is this one.
    var asked: (network: Network, isSame: Bool)?
    var madeCount = 0
  }

  /// A shelf for the extractor of a network; `startedAt` is RFC 3339.
  package init(
    _ network: Network, in environment: NumericEnvironment, registryPath: String,
    withholding subject: Selector?, startedAt: String
  ) {
    self.network = network
    self.registryPath = registryPath
    self.subject = subject
    self.startedAt = startedAt
    key = FeatureKey.digest(of: network, in: environment)
    self.environment = environment
    isKeeping = RegistryStore.mayKeep(at: registryPath)
    state = Mutex(State())
  }

  /// Records that went through the extractor because their features were not kept.
  package var madeCount: Int { state.withLock { $0.madeCount } }

  /// Whether the features of a network are those of this shelf.
  func holds(_ other: Network) -> Bool {
    state.withLock { state in
      if let asked = state.asked, asked.network.sharesPreparation(with: other) {
        return asked.isSame
      }
      let isSame = network.hasSameExtractor(as: other)
      state.asked = (other, isSame)
      return isSame
    }
  }

  /// Features of records of one data set, `[positions, d]`, in the order of the positions.
  ///
  /// Those that are not kept are made by `make`, which is given their positions.
  ///
  /// - Throws: what `make` throws, and `RegistryError` for kept features that are not as they were
  ///   written.
  func features(
    of part: StoredExamples.Part, at positions: [Int], make: ([Int]) throws -> Tensor
  ) throws -> Tensor {
    try state.withLock { state in
      let segments = try segments(of: part.root, &state)
      var pending =
        state.pending[part.root] ?? PendingFeatures(part, width: network.featureCount)
      let missing = positions.filter { position in
        !pending.contains(position) && !segments.contains { $0.row(of: position) != nil }
      }
      if !missing.isEmpty {
        pending.append(try make(missing), at: missing)
        state.madeCount += missing.count
      }
      var values: [Float] = []
      values.reserveCapacity(positions.count * network.featureCount)
      var rest = positions[...]
      while let first = rest.first {
        let run = try Self.append(first, rest, pending, segments, to: &values)
        rest = rest.dropFirst(run)
      }
      state.pending[part.root] = pending
      if pending.count >= FeatureSegment.recordLimit { try flush(&state) }
      return Tensor(shape: [positions.count, network.featureCount], values: values)
    }
  }

  /// Appends the features of the first position and of those that lie behind it in the same file.
  private static func append(
    _ first: Int, _ positions: ArraySlice<Int>, _ pending: PendingFeatures,
    _ segments: [FeatureSegment], to values: inout [Float]
  ) throws -> Int {
    for segment in segments {
      guard let row = segment.row(of: first) else { continue }
      let run = zip(positions, row...).prefix { segment.row(of: $0) == $1 }.count
      values += try segment.features(ofRows: row..<row + run)
      return run
    }
    pending.append(first, to: &values)
    return 1
  }

  /// Writes what has been made and may be kept.
  package func flush() throws { try state.withLock { try flush(&$0) } }

  private func flush(_ state: inout State) throws {
    guard isKeeping, state.pending.values.contains(where: { $0.count > 0 }) else { return }
    // Read anew: a request may have been met while the features were made.
    let store = try RegistryStore(openingAt: registryPath)
    for (root, pending) in state.pending.sorted(by: { $0.key < $1.key }) {
      let withheld = try store.withheldRecords(of: pending.manifest, besides: subject)
      for draft in pending.drafts(without: withheld, root: root, key: key, environment) {
        let entry = try store.keep(draft, at: startedAt)
        let segment = try FeatureSegment(try store.open(entry), featureCount: network.featureCount)
        state.segments?[root, default: []].append(segment)
      }
      state.pending[root] = pending.keeping(withheld)
    }
  }

  private func segments(of root: Digest, _ state: inout State) throws -> [FeatureSegment] {
    if let segments = state.segments { return segments[root] ?? [] }
    let store = try RegistryStore(openingAt: registryPath)
    var segments: [Digest: [FeatureSegment]] = [:]
    for entry in try store.derivedData(key: key) {
      segments[entry.root, default: []].append(
        try FeatureSegment(try store.open(entry), featureCount: network.featureCount))
    }
    state.segments = segments
    return segments[root] ?? []
  }
}
