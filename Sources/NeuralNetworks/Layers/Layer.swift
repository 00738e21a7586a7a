/// One operation of a network, with its derivative beside it.
///
/// Arrays are channels-last activations of all images of a batch. A layer is stateless: parameters
/// and buffers are handed in, in the order of `parameters`.
protocol Layer: Sendable {
  /// Weights and buffers, named within the layer, in their canonical order.
  var parameters: [LayerParameter] { get }

  /// The extents of one image's output: height, width, channels.
  func outputShape(of inputs: [ImageShape]) throws(NetworkError) -> ImageShape

  func forward(_ inputs: [LayerInput], _ parameters: [[Float]], _ pass: LayerPass) -> LayerOutput

  /// The gradients of a loss, from its gradient with respect to the output.
  ///
  /// An input gradient that nobody needs (`pass.needsInputGradient` is false) may be left empty, and
  /// so is the gradient of a buffer.
  func backward(
    _ outputGradient: [Float], _ inputs: [LayerInput], _ output: LayerOutput,
    _ parameters: [[Float]], _ pass: LayerPass
  ) -> LayerGradients
}

/// The extents of one image, or of one series with height 1.
struct ImageShape: Hashable, Sendable {
  let height, width, channels: Int

  var positions: Int { height * width }
  var elementCount: Int { height * width * channels }
}

/// A parameter of a layer: its name within the layer, its shape in weight files, its first values.
struct LayerParameter: Sendable {
  let name: String
  let shape: [Int]
  let initialisation: Initialisation
  var isBuffer = false

  enum Initialisation: Sendable {
    case constant(Float)
    /// Uniform in ±1/√fanIn: PyTorch's default for convolutions and linear layers.
    case uniform(fanIn: Int)
  }

  /// The first values, drawn in row-major order.
  func values(_ generator: inout SeededGenerator) -> [Float] {
    let count = Tensor.elementCount(shape)
    switch initialisation {
    case .constant(let value): return [Float](repeating: value, count: count)
    case .uniform(let fanIn):
      let bound = 1 / Double(fanIn).squareRoot()
      return (0..<count).map { _ in Float((2 * generator.uniform() - 1) * bound) }
    }
  }
}

/// The values of one input of a layer.
struct LayerInput: Sendable {
  let values: [Float]
  let shape: ImageShape
}

/// How a layer is to be run.
struct LayerPass: Sendable {
  let imageCount: Int
  let mode: BatchNormalisationMode
  let threads: Int
  var needsInputGradient = true
}

/// What a layer gives, and what its derivative needs again.
struct LayerOutput: Sendable {
  var values: [Float]
  /// Figures of the batch that the derivative needs.
  var saved: [[Float]] = []
  /// The new values of the layer's buffers; empty when they do not move.
  var buffers: [[Float]] = []
}

/// Gradients with respect to a layer's inputs and parameters.
struct LayerGradients: Sendable {
  var inputs: [[Float]]
  var parameters: [[Float]] = []
}

/// What batch normalisation takes as mean and variance.
package enum BatchNormalisationMode: String, Hashable, Sendable, Codable {
  /// The running statistics, which stay as they are.
  case frozen
  /// The statistics of the batch; the running statistics move.
  case training
}
