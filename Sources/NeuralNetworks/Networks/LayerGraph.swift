/// Layers and what they are applied to: the extractor φ, from the input to the features.
struct LayerGraph: Sendable {
  /// One layer at its place.
  struct Node: Sendable {
    /// The prefix of its tensors' names, such as `layer1.0.conv1`; empty without tensors.
    let name: String
    let layer: any Layer
    /// Places of its inputs; place 0 is the network's input, place i + 1 the i-th node's output.
    let inputs: [Int]
    let inputShapes: [ImageShape]
    let shape: ImageShape
    /// Where its parameters lie in the list of the network's tensors.
    let parameters: Range<Int>
  }

  private(set) var nodes: [Node] = []
  private(set) var shapes: [ImageShape]
  private var parameterCount = 0

  init(input: ImageShape) { shapes = [input] }

  /// The place of the network's input.
  var input: Int { 0 }

  /// Places a layer, and gives the place of its output.
  mutating func add(
    _ layer: some Layer, _ name: String = "", to inputs: Int...
  ) throws(NetworkError) -> Int {
    let inputShapes = inputs.map { shapes[$0] }
    let shape = try layer.outputShape(of: inputShapes)
    let end = parameterCount + layer.parameters.count
    return append(
      Node(
        name: name, layer: layer, inputs: inputs, inputShapes: inputShapes, shape: shape,
        parameters: parameterCount..<end))
  }

  /// Places a node, whose inputs are there, and gives the place of its output.
  mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    shapes.append(node.shape)
    parameterCount = max(parameterCount, node.parameters.upperBound)
    return nodes.count
  }

  /// The extents of the last layer's output.
  var outputShape: ImageShape { shapes[shapes.count - 1] }

  /// What a forward pass leaves for the backward pass.
  struct Trace: Sendable {
    let input: [Float]
    var outputs: [LayerOutput] = []

    func values(at place: Int) -> [Float] { place == 0 ? input : outputs[place - 1].values }

    /// The features, `[images, features]`.
    var features: [Float] { values(at: outputs.count) }
  }

  func forward(_ input: [Float], _ parameters: [Tensor], _ pass: LayerPass) -> Trace {
    var trace = Trace(input: input)
    for node in nodes {
      trace.outputs.append(
        node.layer.forward(inputs(of: node, trace), values(of: node, parameters), pass))
    }
    return trace
  }

  /// The gradients of every parameter, empty for buffers, from that of the features.
  ///
  /// The trace gives up its values as they are used.
  func backward(
    _ featureGradient: [Float], _ trace: inout Trace, _ parameters: [Tensor], _ pass: LayerPass
  ) -> [[Float]] {
    var gradients = [[Float]](repeating: [], count: parameterCount)
    var pending = [[Float]](repeating: [], count: shapes.count)
    pending[nodes.count] = featureGradient
    for (index, node) in nodes.enumerated().reversed() {
      var pass = pass
      pass.needsInputGradient = node.inputs != [0]
      let result = node.layer.backward(
        pending[index + 1], inputs(of: node, trace), trace.outputs[index],
        values(of: node, parameters), pass)
      pending[index + 1] = []
      trace.outputs[index].values = []
      for (place, gradient) in zip(node.inputs, result.inputs) where place > 0 {
        Self.add(gradient, to: &pending[place], pass)
      }
      gradients.replaceSubrange(node.parameters, with: result.parameters)
    }
    return gradients
  }

  private func inputs(of node: Node, _ trace: Trace) -> [LayerInput] {
    zip(node.inputs, node.inputShapes).map { LayerInput(values: trace.values(at: $0), shape: $1) }
  }

  private func values(of node: Node, _ parameters: [Tensor]) -> [[Float]] {
    parameters[node.parameters].map(\.values)
  }

  /// An output that two layers use gets the sum of both gradients.
  private static func add(_ gradient: [Float], to sum: inout [Float], _ pass: LayerPass) {
    guard !sum.isEmpty else {
      sum = gradient
      return
    }
    let old = sum
    sum = Parallel.filledArray(
      imageCount: pass.imageCount, length: sum.count / pass.imageCount,
      imagesPerTask: Parallel.imagesPerChunk, threads: pass.threads
    ) { images, part in
      let length = part.count / images.count
      let range = images.lowerBound * length..<images.upperBound * length
      ChannelMaps.add(old.span.extracting(range), gradient.span.extracting(range), into: &part)
    }
  }
}
