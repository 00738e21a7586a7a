@testable import NeuralNetworks

/// The slow exact form of a convolution: a sum over every tap, as its definition has it.
struct PlainConvolution {
  let convolution: Convolution
  let from, to: ImageShape

  init(_ convolution: Convolution, _ input: ImageShape) {
    self.convolution = convolution
    from = input
    to = convolution.shape(of: input)
  }

  func forward(_ input: [Float], _ parameters: [[Float]], imageCount: Int) -> [Float] {
    var output = (0..<imageCount * to.elementCount).map {
      convolution.hasBias ? parameters[1][$0 % to.channels] : 0
    }
    forEachTap(imageCount) { y, x, w in output[y] += parameters[0][w] * input[x] }
    return output
  }

  func backward(
    _ outputGradient: [Float], _ input: [Float], _ parameters: [[Float]], imageCount: Int
  ) -> (input: [Float], weight: [Float], bias: [Float]) {
    var inputGradient = [Float](repeating: 0, count: input.count)
    var weightGradient = [Float](repeating: 0, count: parameters[0].count)
    forEachTap(imageCount) { y, x, w in
      inputGradient[x] += parameters[0][w] * outputGradient[y]
      weightGradient[w] += input[x] * outputGradient[y]
    }
    var biasGradient = [Float](repeating: 0, count: to.channels)
    for (index, value) in outputGradient.enumerated() { biasGradient[index % to.channels] += value }
    return (inputGradient, weightGradient, biasGradient)
  }

  /// Calls the body with the places of an output, an input and the weight between them.
  private func forEachTap(_ imageCount: Int, _ body: (Int, Int, Int) -> Void) {
    let c = convolution
    for output in 0..<imageCount * to.elementCount {
      let image = output / to.elementCount
      let row = output / (to.width * to.channels) % to.height
      let column = output / to.channels % to.width
      for tap in 0..<c.patchLength {
        let channel = tap % from.channels
        let left = tap / from.channels % c.kernel.width
        let down = tap / from.channels / c.kernel.width
        let y = row * c.stride.height + down - c.padding.height
        let x = column * c.stride.width + left - c.padding.width
        guard 0..<from.height ~= y, 0..<from.width ~= x else { continue }
        let input = ((image * from.height + y) * from.width + x) * from.channels + channel
        let weight =
          ((output % to.channels * from.channels + channel) * c.kernel.height + down)
          * c.kernel.width + left
        body(output, input, weight)
      }
    }
  }
}
