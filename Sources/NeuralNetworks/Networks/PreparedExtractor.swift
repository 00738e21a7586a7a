import Synchronization

/// The extractor ready for inference: batch normalisation folded into the convolution before it, with
/// sums and ReLUs in the same pass, and weights in the layout of their kernels.
struct PreparedExtractor: Sendable {
  /// What computes the value at a place.
  enum Operation: Sendable {
    /// The inputs are the image and, perhaps, a residual.
    case convolution(ConvolutionWeight, isRectified: Bool)
    case layer(any Layer, [[Float]])
  }

  struct Step: Sendable {
    let operation: Operation
    let inputs: [Int]
    let place: Int
    /// The places that no later step uses.
    var lastUses: [Int] = []
  }

  let shapes: [ImageShape]
  private(set) var steps: [Step] = []

  init(_ graph: LayerGraph, _ tensors: [Tensor], threads: Int) {
    shapes = graph.shapes
    var isFolded = [Bool](repeating: false, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() {
      let fold = graph.foldable(index)
      if let fold { isFolded[fold] = true }
      let operation = Self.operation(graph, node, fold: fold, tensors, threads)
      let first = fold.map { graph.nodes[$0].inputs } ?? Array(node.inputs.prefix(1))
      steps.append(
        Step(operation: operation, inputs: first + node.inputs.dropFirst(), place: index + 1))
    }
    steps = steps.filter { !isFolded[$0.place - 1] }
    markLastUses()
  }

  private static func operation(
    _ graph: LayerGraph, _ node: LayerGraph.Node, fold: Int?, _ tensors: [Tensor], _ threads: Int
  ) -> Operation {
    let own = tensors[node.parameters].map(\.values)
    let source = fold.map { graph.nodes[$0] } ?? node
    guard let convolution = source.convolution else { return .layer(node.layer, own) }
    let geometry = ConvolutionGeometry(convolution, source.inputShapes[0])
    let parameters = tensors[source.parameters].map(\.values)
    let bias = convolution.hasBias ? parameters[1] : []
    guard let normalisation = node.layer as? BatchNormalisation else {
      let weight = ConvolutionWeight(geometry, parameters[0], bias: bias, threads: threads)
      return .convolution(weight, isRectified: node.layer is RectifiedLinear)
    }
    let (scale, shift) = normalisation.folded(own, bias: bias)
    let weight = ConvolutionWeight(
      geometry, parameters[0], scale: scale, bias: shift, threads: threads)
    return .convolution(weight, isRectified: normalisation.isRectified)
  }

  private mutating func markLastUses() {
    var isUsed = Set([shapes.count - 1])
    for index in steps.indices.reversed() {
      steps[index].lastUses = Set(steps[index].inputs).filter { isUsed.insert($0).inserted }
        .sorted()
    }
  }
}

extension LayerGraph {
  /// The convolution whose output only this node uses, and which its own pass can compute.
  fileprivate func foldable(_ index: Int) -> Int? {
    guard nodes[index].layer is BatchNormalisation || nodes[index].layer is RectifiedLinear,
      let place = nodes[index].inputs.first, place > 0, nodes[place - 1].convolution != nil,
      nodes.reduce(0, { count, node in count + node.inputs.filter { $0 == place }.count }) == 1
    else { return nil }
    return place - 1
  }
}

extension LayerGraph.Node {
  /// The convolution the node is, or that a linear layer is over one position.
  fileprivate var convolution: Convolution? {
    layer as? Convolution ?? (layer as? Linear)?.convolution
  }
}

extension BatchNormalisation {
  /// With running statistics y = x·scale + shift: scale = γ/√(σ² + ε), shift = β + (b − μ)·scale.
  fileprivate func folded(
    _ parameters: [[Float]], bias: [Float]
  ) -> (scale: [Float], shift: [Float]) {
    let scale = zip(parameters[0], parameters[3]).map {
      Double($0) / (Double($1) + Self.epsilon).squareRoot()
    }
    let shift = (0..<channels).map { channel in
      let summand = bias.isEmpty ? 0 : Double(bias[channel])
      return Float(
        Double(parameters[1][channel])
          + (summand - Double(parameters[2][channel])) * scale[channel])
    }
    return (scale.map(Float.init), shift)
  }
}

/// What inference makes of an extractor's weights; made at the first use and kept with the network.
///
/// Copies of a network share it until the weights of one change.
final class Preparation: Sendable {
  private let prepared = Mutex<PreparedExtractor?>(nil)

  func extractor(_ make: () -> PreparedExtractor) -> PreparedExtractor {
    prepared.withLock { prepared in
      if let prepared { return prepared }
      let made = make()
      prepared = made
      return made
    }
  }
}
