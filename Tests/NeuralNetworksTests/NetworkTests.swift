import Testing

@testable import NeuralNetworks

@Suite("Networks")
struct NetworkTests {
  private func configuration(
    _ architecture: String = "temporal-cnn", inputShape: [Int] = [1, 7, 2],
    hyperparameters: [String: Int] = ["width": 4, "features": 5]
  ) -> NetworkConfiguration {
    NetworkConfiguration(
      architecture: architecture, inputShape: inputShape, labelNames: ["a", "b", "c"],
      preprocessing: Preprocessing(
        mean: [Float](repeating: 0.5, count: inputShape[2]),
        standardDeviation: [Float](repeating: 2, count: inputShape[2])),
      hyperparameters: hyperparameters)
  }

  private func state(_ network: Network) -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.tensor) })
  }

  @Test("a network made from another's tensors is that network")
  func state() throws {
    let network = try Network(configuration(), seed: 1)
    var tensors = state(network)
    #expect(try Network(configuration(), tensors: tensors).tensors == network.tensors)
    tensors["bn1.num_batches_tracked"] = Tensor(zeros: [])
    #expect(try Network(configuration(), tensors: tensors).tensors == network.tensors)
  }

  @Test("tensors that do not fit are all named")
  func mismatch() throws {
    var tensors = state(try Network(configuration(), seed: 1))
    tensors["conv1.weight"] = nil
    tensors["bn2.running_mean"] = nil
    tensors["extra"] = Tensor(zeros: [1])
    tensors["fc.weight"] = Tensor(zeros: [3, 6])
    let expected = NetworkError.stateMismatch(
      missing: ["conv1.weight", "bn2.running_mean"], unexpected: ["extra"],
      misshapen: ["fc.weight [3, 6] instead of [3, 5]"])
    #expect(throws: expected) { try Network(configuration(), tensors: tensors) }
    #expect(
      expected.description == """
        the tensors are not this architecture's: missing conv1.weight, bn2.running_mean; \
        unexpected extra; misshapen fc.weight [3, 6] instead of [3, 5]
        """)
  }

  @Test("a seed decides the first weights, within PyTorch's bounds")
  func initialisation() throws {
    let network = try Network(configuration(), seed: 1)
    #expect(try Network(configuration(), seed: 1).tensors == network.tensors)
    #expect(try Network(configuration(), seed: 2).tensors != network.tensors)
    let weights = state(network)
    let first = try #require(weights["conv1.weight"])
    #expect(first.shape == [4, 2, 1, 5])
    let bound = 1 / Float(10).squareRoot()
    #expect(first.values.allSatisfy { abs($0) <= bound })
    #expect(first.values.contains { abs($0) > 0.8 * bound })
    #expect(weights["bn1.weight"]?.values == [1, 1, 1, 1])
    #expect(weights["bn1.running_var"]?.values == [1, 1, 1, 1])
    #expect(weights["bn1.bias"]?.values == [0, 0, 0, 0])
  }

  @Test("the names and shapes of ResNet-20 are torchvision's")
  func resNet() throws {
    let shapes = try Network.tensorShapes(
      configuration("resnet", inputShape: [32, 32, 3], hyperparameters: [:]))
    let table = Dictionary(uniqueKeysWithValues: shapes.map { ($0.name, $0.shape) })
    #expect(table["layer2.0.downsample.0.weight"] == [32, 16, 1, 1])
    #expect(table["layer3.2.conv2.weight"] == [64, 64, 3, 3])
    #expect(table["fc.weight"] == [3, 64])
    let weights = shapes.filter { !$0.name.contains("running") }
    // 272,474 parameters with ten classes and projections: 269,722 (He et al.) + 2,752.
    let count = weights.reduce(0) { $0 + Tensor.elementCount($1.shape) }
    #expect(count == 272_474 - 7 * 65)
  }

  @Test(
    "a configuration that cannot be is an error that names what",
    arguments: [
      ("vgg", [1, 7, 2], [:], "no architecture is called 'vgg'"),
      ("mlp", [1, 7, 2], ["width": 4], "mlp has no hyper-parameter 'width'"),
      ("mlp", [1, 7, 2], ["hidden": 0], "the hyper-parameter 'hidden' is 0"),
      ("temporal-cnn", [1, 7, 2], ["kernel": 4], "the kernel 4 of temporal-cnn is even"),
      ("small-cnn", [1, 7, 2], [:], "max pooling over 2 does not fit"),
      ("mlp", [0, 7, 2], [:], "the input shape [0, 7, 2]"),
    ] as [(String, [Int], [String: Int], String)])
  func configurationErrors(
    _ architecture: String, _ shape: [Int], _ hyperparameters: [String: Int], _ message: String
  ) throws {
    let configuration = configuration(
      architecture, inputShape: shape, hyperparameters: hyperparameters)
    let error = #expect(throws: NetworkError.self) { try Network(configuration, seed: 1) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("records that do not fit are named")
  func check() throws {
    let network = try Network(configuration(), seed: 1)
    try network.check(probeExamples(4, [1, 7, 2]))
    #expect(throws: NetworkError.inputShape(found: [1, 8, 2], expected: [1, 7, 2])) {
      try network.check(probeExamples(4, [1, 8, 2]))
    }
    let labels = Examples(inputs: Tensor(zeros: [2, 1, 7, 2]), labels: [0, 3])
    #expect(throws: NetworkError.labelOutOfRange(3, record: 1, classCount: 3)) {
      try network.check(labels)
    }
  }

  @Test("zero-padded positions stay zero, others are standardised")
  func preprocessing() throws {
    let values: [Float] = [1, 2, 3, 6, 0, 0]
    let inputs = Tensor(shape: [1, 1, 3, 2], values: values)
    let padded = try Preprocessing(
      standardising: Examples(inputs: inputs, labels: [0]), zeroPadded: true)
    #expect(padded.mean == [2, 4] && padded.standardDeviation == [1, 2])
    #expect(padded.apply(to: values.span) == [-1, -1, 1, 1, 0, 0])
    let plain = Preprocessing(mean: [2, 4], standardDeviation: [1, 2])
    #expect(plain.apply(to: values.span) == [-1, -1, 1, 1, -2, -2])
    let constant = try Preprocessing(
      standardising: Examples(
        inputs: Tensor(shape: [2, 1, 1, 1], values: [3, 3]), labels: [0, 0]))
    #expect(constant.standardDeviation == [1])
  }
}
