import Testing

@testable import NeuralNetworks

@Suite("Architectures")
struct ArchitectureTests {
  @Test(
    "logits and every gradient of the large networks are PyTorch's",
    arguments: resNetFigures + smallArchitectureFigures)
  func figures(_ figures: NetworkFigures) throws {
    var network = try probeNetwork(
      figures.architecture, inputShape: figures.inputShape,
      hyperparameters: figures.hyperparameters)
    let examples = probeExamples(2, figures.inputShape)
    if figures.mode == .frozen {
      let logits = network.logits(of: examples.inputs, threads: 2).values
      let largest = figures.logits.reduce(0) { max($0, abs($1)) }
      for (found, expected) in zip(logits, figures.logits) {
        #expect(abs(Double(found) - expected) < 1e-5 * largest)
      }
    }
    let result = network.weightedLoss(
      inputs: examples.inputs, labels: examples.labels, weights: [1, 0.5], mode: figures.mode,
      scope: .all, threads: 2)
    let parameters = zip(network.tensors, result.gradients.values).filter { !$0.0.isBuffer }
    let table = figures.table
    #expect(parameters.map(\.0.name) == table.map(\.name))
    for (place, (parameter, expected)) in zip(parameters, table).enumerated() {
      let found = summary(parameter.1, series: 500 + place)
      let tolerance = 4e-5 * expected.summary[0] + 1e-9
      #expect(
        zip(found, expected.summary).allSatisfy { abs($0 - $1) < tolerance },
        "\(parameter.0.name): \(found), PyTorch \(expected.summary)")
    }
  }

  @Test(
    "names and sizes are those of the original repositories",
    arguments: [
      ("resnet18", [224, 224, 3], [:], 11_689_512, "fc.weight", [1000, 512]),
      ("resnet34", [224, 224, 3], [:], 21_797_672, "layer3.5.conv2.weight", [256, 256, 3, 3]),
      (
        "resnet50", [224, 224, 3], [:], 25_557_032, "layer4.0.downsample.0.weight",
        [2048, 1024, 1, 1]
      ),
      ("resnet18", [32, 32, 3], ["stem": 3], 11_681_832, "conv1.weight", [64, 3, 3, 3]),
      ("vgg11-bn", [224, 224, 3], [:], 132_868_840, "classifier.6.weight", [1000, 4096]),
      ("vgg16-bn", [224, 224, 3], [:], 138_365_992, "features.41.running_var", [512]),
      ("vgg16-bn", [32, 32, 3], ["head": 1], 15_236_136, "classifier.weight", [1000, 512]),
      ("cifar-resnet20", [32, 32, 3], [:], 269_722 + 990 * 65, "linear.weight", [1000, 64]),
      ("cifar-resnet32", [32, 32, 3], [:], 464_154 + 990 * 65, "layer3.4.bn2.bias", [64]),
      ("cifar-resnet44", [32, 32, 3], [:], 658_586 + 990 * 65, "layer3.6.bn2.bias", [64]),
      ("cifar-resnet56", [32, 32, 3], [:], 853_018 + 990 * 65, "layer3.8.bn2.bias", [64]),
    ] as [(String, [Int], [String: Int], Int, String, [Int])])
  func sizes(
    _ name: String, _ inputShape: [Int], _ hyperparameters: [String: Int], _ count: Int,
    _ tensor: String, _ shape: [Int]
  ) throws {
    let shapes = try Network.tensorShapes(
      Self.configuration(name, inputShape, hyperparameters, classes: 1000))
    let parameters = shapes.filter { !$0.name.contains("running") }
    #expect(parameters.reduce(0) { $0 + Tensor.elementCount($1.shape) } == count)
    #expect(shapes.first { $0.name == tensor }?.shape == shape)
  }

  @Test(
    "the sizes of a network are read from its tensors",
    arguments: [
      ("resnet18", [32, 32, 3], ["stem": 3]), ("vgg11-bn", [32, 32, 3], ["head": 1]),
      ("vgg11-bn", [32, 32, 3], ["hidden": 8]), ("mlp", [1, 7, 2], ["hidden": 9, "features": 5]),
      ("small-cnn", [8, 8, 1], ["width": 3, "features": 5]), ("resnet", [8, 8, 1], ["width": 4]),
      ("temporal-cnn", [1, 7, 2], ["width": 3, "kernel": 7, "features": 5]),
    ] as [(String, [Int], [String: Int])])
  func fitting(_ name: String, _ inputShape: [Int], _ hyperparameters: [String: Int]) throws {
    let configuration = Self.configuration(name, inputShape, hyperparameters, classes: 3)
    let tensors = Dictionary(
      uniqueKeysWithValues: try Network.tensorShapes(configuration).map {
        ($0.name, Tensor(zeros: $0.shape))
      })
    let fitted = Self.configuration(name, inputShape, [:], classes: 3).fitted(
      to: tensors.mapValues(\.shape))
    #expect(fitted.hyperparameters == hyperparameters)
    #expect(throws: Never.self) { try Network(fitted, tensors: tensors) }
  }

  @Test(
    "a choice that cannot be is named",
    arguments: [
      ("resnet18", ["stem": 5], "'stem' is 5; it may be 3 or 7"),
      ("vgg16-bn", ["head": 2], "'head' is 2; it may be 1 or 3"),
      ("cifar-resnet20", ["width": 8], "cifar-resnet20 has no hyper-parameter 'width'"),
    ])
  func refusals(_ name: String, _ hyperparameters: [String: Int], _ words: String) throws {
    let configuration = Self.configuration(name, [32, 32, 3], hyperparameters, classes: 3)
    let error = #expect(throws: NetworkError.self) { try Network.tensorShapes(configuration) }
    #expect(error?.description.contains(words) == true)
  }

  @Test("average pooling repeats smaller images and overlaps on uneven ones")
  func adaptivePooling() throws {
    let layer = AdaptiveAveragePooling(side: 2)
    let pass = LayerPass(imageCount: 1, mode: .frozen, threads: 1)
    let input = LayerInput(
      values: [1, 2, 3], shape: ImageShape(height: 1, width: 3, channels: 1))
    #expect(layer.forward([input], [], pass).values == [1.5, 2.5, 1.5, 2.5])
    let gradient = layer.backward([1, 2, 4, 8], [input], LayerOutput(values: []), [], pass)
    #expect(gradient.inputs == [[2.5, 7.5, 5]])
  }

  @Test("the shortcut without weights takes every second position and adds zeros on both sides")
  func paddingShortcut() throws {
    let layer = PaddingShortcut(inputs: 1, outputs: 3, stride: 2)
    let pass = LayerPass(imageCount: 1, mode: .frozen, threads: 1)
    let input = LayerInput(
      values: [1, 2, 3, 4, 5, 6], shape: ImageShape(height: 2, width: 3, channels: 1))
    #expect(layer.forward([input], [], pass).values == [0, 1, 0, 0, 3, 0])
    let gradient = layer.backward(
      [1, 2, 3, 4, 5, 6], [input], LayerOutput(values: []), [], pass)
    #expect(gradient.inputs == [[2, 0, 5, 0, 0, 0]])
  }

  private static func configuration(
    _ name: String, _ inputShape: [Int], _ hyperparameters: [String: Int], classes: Int
  ) -> NetworkConfiguration {
    let channels = inputShape[2]
    return NetworkConfiguration(
      architecture: name, inputShape: inputShape, labelNames: (0..<classes).map(String.init),
      preprocessing: Preprocessing(
        mean: [Float](repeating: 0, count: channels),
        standardDeviation: [Float](repeating: 1, count: channels)),
      hyperparameters: hyperparameters)
  }
}
