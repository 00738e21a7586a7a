extension PreparedExtractor {
  /// One worker's buffers, used again for every run of images.
  struct Workspace {
    fileprivate var values: [[Float]]
    fileprivate var free: [[Float]] = []
    fileprivate var scratch: [Float]

    init(_ extractor: PreparedExtractor) {
      values = [[Float]](repeating: [], count: extractor.shapes.count)
      let counts = extractor.steps.map { step in
        guard case .convolution(let weight, _) = step.operation else { return 0 }
        return weight.geometry.scratchCount
      }
      scratch = Scratch.array(counts.max() ?? 0)
    }

    /// An array of at least so many elements: the smallest free one that holds them.
    fileprivate mutating func buffer(_ count: Int) -> [Float] {
      let fitting = free.indices.filter { free[$0].count >= count }
      guard let smallest = fitting.min(by: { free[$0].count < free[$1].count }) else {
        return Scratch.array(count)
      }
      return free.remove(at: smallest)
    }

    fileprivate mutating func release(_ place: Int) {
      free.append(values[place])
      values[place] = []
    }
  }

  /// The features of standardised inputs, `[images, features]` at the beginning of the array.
  func features(
    of input: [Float], imageCount: Int, in workspace: inout Workspace
  ) -> [Float] {
    workspace.values[0] = input
    let pass = LayerPass(imageCount: imageCount, mode: .frozen, threads: 1)
    for step in steps {
      workspace.values[step.place] = output(of: step, pass, &workspace)
      for place in step.lastUses { workspace.release(place) }
    }
    let last = shapes.count - 1
    let result = workspace.values[last]
    workspace.values[last] = []
    return result
  }

  private func output(
    of step: Step, _ pass: LayerPass, _ workspace: inout Workspace
  ) -> [Float] {
    switch step.operation {
    case .layer(let layer, let parameters):
      let inputs = step.inputs.map {
        LayerInput(values: workspace.values[$0], shape: shapes[$0])
      }
      return layer.forward(inputs, parameters, pass).values
    case .convolution(let weight, let isRectified):
      let count = pass.imageCount * shapes[step.place].elementCount
      var y = workspace.buffer(count)
      var output = y.mutableSpan
      let input = workspace.values[step.inputs[0]]
      let residual = step.inputs.count > 1 ? workspace.values[step.inputs[1]] : []
      weight.apply(
        input.span, imageCount: pass.imageCount,
        residual: residual.span, isRectified: isRectified, into: &output,
        scratch: &workspace.scratch)
      return y
    }
  }
}
