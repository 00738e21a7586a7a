import Testing

@testable import NeuralNetworks

@Suite("Convolution")
struct ConvolutionTests {
  @Test(
    "the product over patches is the plain sum over taps", arguments: [1, 2, 3],
    [(1, 0), (2, 0), (1, 1), (2, 3)])
  func reference(_ kernel: Int, _ strideAndPadding: (Int, Int)) throws {
    let (stride, padding) = strideAndPadding
    let convolution = Convolution(
      inputs: 3, outputs: 4, kernel: .init(height: kernel, width: kernel + 1),
      stride: .init(height: stride, width: 3 - stride), padding: .init(padding), hasBias: true)
    let shape = ImageShape(height: 5, width: 6, channels: 3)
    let input = LayerInput(values: floats(1, 11 * shape.elementCount), shape: shape)
    let parameters = [floats(2, 4 * convolution.patchLength), floats(3, 4)]
    let pass = LayerPass(imageCount: 11, mode: .frozen, threads: 2)
    let output = convolution.forward([input], parameters, pass)
    let plain = PlainConvolution(convolution, shape)
    let expected = plain.forward(input.values, parameters, imageCount: 11)
    #expect(largestDifference(output.values, expected) < 1e-5)

    let outputGradient = floats(4, output.values.count)
    let gradients = convolution.backward(outputGradient, [input], output, parameters, pass)
    let plainGradients = plain.backward(outputGradient, input.values, parameters, imageCount: 11)
    #expect(largestDifference(gradients.inputs[0], plainGradients.input) < 1e-5)
    #expect(largestDifference(gradients.parameters[0], plainGradients.weight) < 1e-4)
    #expect(largestDifference(gradients.parameters[1], plainGradients.bias) < 1e-4)
  }

  @Test(
    "Winograd's form is the plain sum over taps",
    arguments: [(12, 9, 8, 8, 1), (8, 8, 33, 40, 1), (5, 13, 16, 70, 0), (7, 6, 9, 8, 2)])
  func winograd(_ extents: (height: Int, width: Int, inputs: Int, outputs: Int, padding: Int)) {
    let convolution = Convolution(
      inputs: extents.inputs, outputs: extents.outputs, kernel: .init(3),
      padding: .init(extents.padding), hasBias: true)
    let shape = ImageShape(
      height: extents.height, width: extents.width, channels: extents.inputs)
    #expect(ConvolutionGeometry(convolution, shape).isWinograd)
    let input = LayerInput(values: floats(1, 3 * shape.elementCount), shape: shape)
    let parameters = [
      floats(2, extents.outputs * convolution.patchLength), floats(3, extents.outputs),
    ]
    let pass = LayerPass(imageCount: 3, mode: .frozen, threads: 2)
    let output = convolution.forward([input], parameters, pass)
    let plain = PlainConvolution(convolution, shape)
    let expected = plain.forward(input.values, parameters, imageCount: 3)
    #expect(relativeDifference(output.values, expected) < 1e-5)

    let outputGradient = floats(4, output.values.count)
    let gradients = convolution.backward(outputGradient, [input], output, parameters, pass)
    let plainGradients = plain.backward(outputGradient, input.values, parameters, imageCount: 3)
    #expect(relativeDifference(gradients.inputs[0], plainGradients.input) < 1e-5)
    #expect(relativeDifference(gradients.parameters[0], plainGradients.weight) < 1e-5)
    #expect(relativeDifference(gradients.parameters[1], plainGradients.bias) < 1e-5)
  }

  @Test("a kernel that does not fit is an error that says so")
  func misfit() throws {
    let convolution = Convolution(inputs: 3, outputs: 2, kernel: .init(3))
    for shape in [(2, 9, 3), (9, 2, 3), (9, 9, 4)] {
      #expect(throws: NetworkError.self) {
        try convolution.outputShape(
          of: [ImageShape(height: shape.0, width: shape.1, channels: shape.2)])
      }
    }
  }

  private func floats(_ series: Int, _ count: Int) -> [Float] {
    probe(series, count).map(Float.init)
  }

  /// The largest difference by the largest value.
  private func relativeDifference(_ a: [Float], _ b: [Float]) -> Float {
    largestDifference(a, b) / b.reduce(0) { max($0, abs($1)) }
  }

  private func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    #expect(a.count == b.count)
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
