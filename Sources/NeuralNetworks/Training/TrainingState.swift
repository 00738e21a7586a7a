import Records

/// What a training had come to after an epoch: all that is needed to go on, bit by bit the same.
package struct TrainingState: Sendable {
  /// Weights and running statistics.
  package let network: Network
  package let memory: Optimiser.Memory
  package let epochsDone: Int

  /// Refuses a state that another training left.
  ///
  /// - Throws: `NetworkError.invalidSettings` naming what is different.
  func check(
    _ settings: TrainingSettings, of network: Network, records: Int
  ) throws(NetworkError) {
    guard self.network.configuration == network.configuration else {
      throw .invalidSettings("the state to go on from is of another network")
    }
    guard (1...max(1, settings.epochs)).contains(epochsDone),
      memory.stepCount == epochsDone * settings.stepsPerEpoch(records: records)
    else {
      throw .invalidSettings(
        "the state to go on from is that after \(epochsDone) epochs and \(memory.stepCount) steps "
          + "of another training")
    }
    let lengths = network.tensors.map { named in
      let moves = !named.isBuffer && (settings.scope == .all || named.part == .classifier)
      return moves ? named.tensor.values.count : 0
    }
    let isAdam = if case .adam = settings.optimiser { true } else { false }
    guard memory.firstMoments.map(\.count) == lengths,
      isAdam ? memory.secondMoments.map(\.count) == lengths : memory.secondMoments.isEmpty
    else { throw .invalidSettings("the state to go on from is of another optimiser or scope") }
  }
}

extension TrainingState {
  private static let format = "imu-registry training state 1"
  private static let networkPrefix = "network."
  private static let firstPrefix = "firstMoment."
  private static let secondPrefix = "secondMoment."

  /// The state as one safetensors file; the same state gives the same bytes.
  package var bytes: [UInt8] {
    var tensors: [(name: String, tensor: Tensor)] = []
    for (index, named) in network.tensors.enumerated() {
      tensors.append((Self.networkPrefix + named.name, named.tensor))
      for (prefix, moments) in [
        (Self.firstPrefix, memory.firstMoments), (Self.secondPrefix, memory.secondMoments),
      ] where !moments.isEmpty && !moments[index].isEmpty {
        tensors.append(
          (prefix + named.name, Tensor(shape: [moments[index].count], values: moments[index])))
      }
    }
    return Safetensors.write(
      tensors,
      metadata: [
        "format": Self.format, "epochsDone": "\(epochsDone)", "stepCount": "\(memory.stepCount)",
        "configuration": String(
          decoding: CanonicalText.encode(network.configuration), as: UTF8.self),
      ])
  }

  /// Reads a state back.
  ///
  /// - Throws: `WeightFileError`, `CanonicalTextError` or `NetworkError` for bytes that are none.
  package init(bytes: [UInt8]) throws {
    let file = try Safetensors.read(bytes)
    guard file.metadata["format"] == Self.format,
      let epochsDone = file.metadata["epochsDone"].flatMap({ Int($0) }),
      let stepCount = file.metadata["stepCount"].flatMap({ Int($0) }),
      let configuration = file.metadata["configuration"]
    else { throw WeightFileError("the file is no training state of this program") }
    var groups: [String: [String: Tensor]] = [:]
    for (name, tensor) in try file.tensors() {
      guard
        let prefix = [Self.networkPrefix, Self.firstPrefix, Self.secondPrefix]
          .first(where: name.hasPrefix)
      else { throw WeightFileError("tensor '\(name)' belongs to no training state") }
      groups[prefix, default: [:]][String(name.dropFirst(prefix.count))] = tensor
    }
    let network = try Network(
      try CanonicalText.decode(
        NetworkConfiguration.self, from: Array(configuration.utf8), what: "configuration"),
      tensors: groups[Self.networkPrefix] ?? [:])
    func moments(_ prefix: String) -> [[Float]] {
      guard let group = groups[prefix] else { return [] }
      return network.tensors.map { group[$0.name]?.values ?? [] }
    }
    self.init(
      network: network,
      memory: Optimiser.Memory(
        stepCount: stepCount, firstMoments: moments(Self.firstPrefix),
        secondMoments: moments(Self.secondPrefix)),
      epochsDone: epochsDone)
  }
}
