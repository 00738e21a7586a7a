extension Architecture {
  /// The original CIFAR residual networks of 20, 32, 44 and 56 layers, with option-A shortcuts.
  ///
  /// He and others (2016), section 4.2, with the names of akamaster/pytorch_resnet_cifar10: the
  /// classifier is `linear`, and shortcuts have no tensors.
  static let cifarResNets = [20, 32, 44, 56].map { depth in
    Architecture(
      "cifar-resnet\(depth)", classifierName: { _ in "linear" },
      extractor: { (input, _) throws(NetworkError) in
        try .smallResNet(input, width: 16, blocks: (depth - 2) / 6, shortcut: .padding)
      })
  }
}

extension LayerGraph {
  /// A 3×3 stem and three stages of basic blocks with `width`, 2·`width` and 4·`width` channels.
  static func smallResNet(
    _ input: ImageShape, width: Int, blocks: Int, shortcut: ResidualShortcut
  ) throws(NetworkError) -> LayerGraph {
    var graph = LayerGraph(input: input)
    var place = try graph.addStem(kernel: 3, outputs: width, to: graph.input)
    for stage in 0..<3 {
      place = try graph.addStage(stage, blocks: blocks, to: place) {
        (graph, name, stride, place) throws(NetworkError) in
        try graph.addBasicBlock(
          name, outputs: width << stage, stride: stride, shortcut: shortcut, to: place)
      }
    }
    _ = try graph.add(GlobalAveragePooling(), to: place)
    return graph
  }
}
