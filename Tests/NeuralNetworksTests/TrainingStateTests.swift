import Records
import Testing

@testable import NeuralNetworks

@Suite("Training broken off and gone on with")
struct TrainingStateTests {
  private static let shape = [8, 6, 3]

  private func network() throws -> Network {
    try probeNetwork("resnet", inputShape: Self.shape, hyperparameters: ["width": 2, "blocks": 1])
  }

  private static let settings: [TrainingSettings] = [
    TrainingSettings(
      epochs: 4, batchSize: 20, learningRate: 0.05, schedule: .oneCycle(rise: 0.3),
      weightDecay: 1e-3, seed: 3, augmentation: .shiftFlip(greatestShift: 1)),
    TrainingSettings(
      epochs: 4, batchSize: 7, optimiser: .adam(), learningRate: 0.01, seed: 3),
    TrainingSettings(
      epochs: 4, batchSize: 20, optimiser: .adam(), learningRate: 0.01, seed: 3,
      scope: .classifier, batchNormalisation: .frozen),
  ]

  /// The weights at the end, and the state after each epoch as a file.
  private func run(
    _ settings: TrainingSettings, from state: TrainingState? = nil
  ) throws -> (tensors: [NamedTensor], states: [[UInt8]]) {
    var network = try network()
    var states: [[UInt8]] = []
    try train(
      &network, on: probeExamples(45, Self.shape), settings: settings, threads: 2, from: state
    ) {
      if let state = $0.state { states.append(state.bytes) }
    }
    return (network.tensors, states)
  }

  @Test("from the file of any epoch it comes to the same bits", arguments: 0..<3)
  func goesOn(settings: Int) throws {
    let settings = Self.settings[settings]
    let whole = try run(settings)
    #expect(whole.states.count == 4)
    for (index, bytes) in whole.states.enumerated() {
      let rest = try run(settings, from: TrainingState(bytes: bytes))
      #expect(rest.tensors == whole.tensors, "from epoch \(index + 1)")
      #expect(rest.states == Array(whole.states.dropFirst(index + 1)))
    }
  }

  @Test("the state of another training is refused")
  func foreign() throws {
    let settings = Self.settings[0]
    let state = try TrainingState(bytes: try run(settings).states[1])
    var others = [settings, settings, settings, settings]
    others[0].epochs = 1
    others[1].batchSize = 9
    others[2].optimiser = .adam()
    others[3].scope = .classifier
    for (index, other) in others.enumerated() {
      #expect(throws: NetworkError.self, "\(index)") { try run(other, from: state) }
    }
    var network = try probeNetwork("mlp", inputShape: Self.shape)
    #expect(
      throws: NetworkError.invalidSettings("the state to go on from is of another network")
    ) {
      try train(
        &network, on: probeExamples(45, Self.shape), settings: settings, threads: 1, from: state)
    }
  }

  @Test("bytes that are no state are refused, wherever they are cut or changed in the header")
  func hostile() throws {
    let bytes = try run(Self.settings[1]).states[0]
    for length in stride(from: 0, to: bytes.count, by: 61) {
      #expect(throws: (any Error).self) { try TrainingState(bytes: Array(bytes.prefix(length))) }
    }
    let weights = Safetensors.write(try network().tensors.map { ($0.name, $0.tensor) })
    #expect(throws: WeightFileError.self) { try TrainingState(bytes: weights) }
    for index in stride(from: 0, to: 4_000, by: 7) {
      var other = bytes
      other[index] ^= 0x11
      // Either it is no state or one that says other things; it never ends the process.
      if let state = try? TrainingState(bytes: other) {
        _ = try? run(Self.settings[1], from: state)
      }
    }
  }
}
