import Testing

@testable import NeuralNetworks

/// A layer on small inputs, as the derivative tests run it.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let layer: any Layer
  let inputs: [ImageShape]
  var mode = BatchNormalisationMode.frozen

  static let all = [
    LayerCase(
      testDescription: "convolution with stride, padding and bias",
      layer: Convolution(
        inputs: 2, outputs: 3, kernel: .init(height: 3, width: 2),
        stride: .init(height: 2, width: 1),
        padding: .init(height: 1, width: 2), hasBias: true),
      inputs: [ImageShape(height: 5, width: 4, channels: 2)]),
    LayerCase(
      testDescription: "convolution over time",
      layer: Convolution(
        inputs: 3, outputs: 2, kernel: .init(height: 1, width: 5),
        padding: .init(height: 0, width: 2)),
      inputs: [ImageShape(height: 1, width: 6, channels: 3)]),
    LayerCase(
      testDescription: "convolution with a kernel wider than the series",
      layer: Convolution(
        inputs: 2, outputs: 2, kernel: .init(height: 1, width: 7),
        stride: .init(height: 1, width: 3),
        padding: .init(height: 0, width: 6)),
      inputs: [ImageShape(height: 1, width: 3, channels: 2)]),
    LayerCase(
      testDescription: "linear", layer: Linear(inputs: 4, outputs: 3),
      inputs: [ImageShape(height: 1, width: 1, channels: 4)]),
    LayerCase(
      testDescription: "rectified linear", layer: RectifiedLinear(),
      inputs: [ImageShape(height: 2, width: 3, channels: 2)]),
    LayerCase(
      testDescription: "batch normalisation, training", layer: BatchNormalisation(channels: 3),
      inputs: [ImageShape(height: 2, width: 2, channels: 3)], mode: .training),
    LayerCase(
      testDescription: "batch normalisation, frozen", layer: BatchNormalisation(channels: 3),
      inputs: [ImageShape(height: 2, width: 2, channels: 3)]),
    LayerCase(
      testDescription: "max pooling with overlap and padding",
      layer: MaxPooling(kernel: 3, stride: 2, padding: 1),
      inputs: [ImageShape(height: 5, width: 4, channels: 2)]),
    LayerCase(
      testDescription: "global average pooling", layer: GlobalAveragePooling(),
      inputs: [ImageShape(height: 3, width: 2, channels: 2)]),
    LayerCase(
      testDescription: "flattening", layer: Flattening(),
      inputs: [ImageShape(height: 3, width: 2, channels: 2)]),
    LayerCase(
      testDescription: "residual addition", layer: Addition(),
      inputs: [
        ImageShape(height: 1, width: 3, channels: 2), ImageShape(height: 1, width: 3, channels: 2),
      ]),
  ]
}

@Suite("Derivatives of layers")
struct LayerGradientTests {
  /// More than one chunk of images.
  private static let imageCount = 10
  private static let step: Float = 1.0 / 128

  /// The loss Σ r·y of a layer, with r a series of `probe`.
  private struct Loss {
    let layer: any Layer
    let shapes: [ImageShape]
    let pass: LayerPass

    func output(_ inputs: [[Float]], _ parameters: [[Float]]) -> LayerOutput {
      let inputs = zip(inputs, shapes).map { LayerInput(values: $0, shape: $1) }
      return layer.forward(inputs, parameters, pass)
    }

    func value(_ inputs: [[Float]], _ parameters: [[Float]]) -> Double {
      summary(output(inputs, parameters).values, series: 77)[1]
    }

    func gradients(_ inputs: [[Float]], _ parameters: [[Float]]) -> LayerGradients {
      let output = output(inputs, parameters)
      let gradient = probe(77, output.values.count).map(Float.init)
      let inputs = zip(inputs, shapes).map { LayerInput(values: $0, shape: $1) }
      return layer.backward(gradient, inputs, output, parameters, pass)
    }
  }

  @Test(
    "finite differences confirm the gradients of inputs and parameters", arguments: LayerCase.all)
  func finiteDifferences(_ layerCase: LayerCase) throws {
    let loss = Loss(
      layer: layerCase.layer, shapes: layerCase.inputs,
      pass: LayerPass(imageCount: Self.imageCount, mode: layerCase.mode, threads: 2))
    let inputs = layerCase.inputs.enumerated().map { series, shape in
      probe(series, Self.imageCount * shape.elementCount).map(awayFromZero)
    }
    let parameters = layerCase.layer.parameters.enumerated().map { series, parameter in
      probe(20 + series, Tensor.elementCount(parameter.shape)).map { Float($0) + 0.75 }
    }
    let gradients = loss.gradients(inputs, parameters)
    for (place, values) in inputs.enumerated() {
      try compare(gradients.inputs[place], "input \(place)") { index, change in
        var moved = inputs
        moved[place] = values
        moved[place][index] += change
        return loss.value(moved, parameters)
      }
    }
    for (place, values) in parameters.enumerated() where !layerCase.layer.parameters[place].isBuffer
    {
      try compare(gradients.parameters[place], "parameter \(place)") { index, change in
        var moved = parameters
        moved[place] = values
        moved[place][index] += change
        return loss.value(inputs, moved)
      }
    }
  }

  /// Away from the kink of ReLU; far enough from each other for the ties of pooling.
  private func awayFromZero(_ value: Double) -> Float {
    Float(4 * value) + (value < 0 ? -0.0625 : 0.0625)
  }

  private func compare(
    _ gradient: [Float], _ name: String, _ value: (Int, Float) -> Double
  ) throws {
    #expect(!gradient.isEmpty)
    let scale = gradient.reduce(0) { max($0, abs(Double($1))) }
    var largest = 0.0
    for index in gradient.indices {
      let difference =
        (value(index, Self.step) - value(index, -Self.step)) / (2 * Double(Self.step))
      largest = max(largest, abs(difference - Double(gradient[index])))
    }
    #expect(scale > 0.01, "\(name) has no gradient to compare")
    #expect(largest < 1e-3 * scale + 1e-4, "\(name) is off by \(largest) of \(scale)")
  }
}
