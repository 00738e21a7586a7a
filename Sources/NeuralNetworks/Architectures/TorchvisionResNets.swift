/// The residual networks of torchvision, for large images and for small ones.
///
/// He and others (2016), table 1. `stem` is the side of the first kernel: 7 with stride 2 and max
/// pooling behind it, as for ImageNet, or 3 with stride 1 and no pooling, as is usual for CIFAR.
extension Architecture {
  static let resNet18 = torchvisionResNet("resnet18", blocks: [2, 2, 2, 2]) {
    (graph, name, width, stride, place) throws(NetworkError) in
    try graph.addBasicBlock(
      name, outputs: width, stride: stride, shortcut: .projection, to: place)
  }

  static let resNet34 = torchvisionResNet("resnet34", blocks: [3, 4, 6, 3]) {
    (graph, name, width, stride, place) throws(NetworkError) in
    try graph.addBasicBlock(
      name, outputs: width, stride: stride, shortcut: .projection, to: place)
  }

  static let resNet50 = torchvisionResNet("resnet50", blocks: [3, 4, 6, 3]) {
    (graph, name, width, stride, place) throws(NetworkError) in
    try graph.addBottleneck(name, width: width, stride: stride, to: place)
  }

  /// Stages of 64, 128, 256 and 512 channels (a bottleneck's inner ones), each block by `block`.
  private static func torchvisionResNet(
    _ name: String, blocks: [Int],
    block: @escaping @Sendable (inout LayerGraph, String, Int, Int, Int) throws(NetworkError) -> Int
  ) -> Architecture {
    Architecture(
      name, defaults: ["stem": 7],
      choices: { shapes in
        ["stem": shapes["conv1.weight"]?.last].compactMapValues(\.self)
      },
      extractor: { (input, choices) throws(NetworkError) in
        var graph = LayerGraph(input: input)
        var place = try graph.addStem(
          kernel: choices["stem", default: 7], outputs: 64, to: graph.input)
        for (stage, count) in blocks.enumerated() {
          place = try graph.addStage(stage, blocks: count, to: place) {
            (graph, name, stride, place) throws(NetworkError) in
            try block(&graph, name, 64 << stage, stride, place)
          }
        }
        _ = try graph.add(GlobalAveragePooling(), to: place)
        return graph
      })
  }
}
