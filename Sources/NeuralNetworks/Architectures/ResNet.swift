/// The residual network for small images, ResNet-20 by default (He and others, 2016, section 4.2).
///
/// Three stages of `blocks` basic blocks with `width`, 2·`width` and 4·`width` channels, halving the
/// image at the second and third; names as in torchvision (`layer1.0.conv1`). A block that changes
/// the shape projects its shortcut by a 1×1 convolution.
enum ResNet: Architecture {
  static let name = "resnet"
  static let defaults = ["width": 16, "blocks": 3]

  static func extractor(
    _ input: ImageShape, _ choices: [String: Int]
  ) throws(NetworkError) -> LayerGraph {
    let width = choices["width", default: 16]
    var graph = LayerGraph(input: input)
    var place = try graph.addConvolution("conv1", "bn1", outputs: width, to: graph.input)
    place = try graph.add(RectifiedLinear(), to: place)
    for stage in 0..<3 {
      for block in 0..<choices["blocks", default: 3] {
        place = try graph.addBasicBlock(
          "layer\(stage + 1).\(block)", outputs: width << stage,
          stride: stage > 0 && block == 0 ? 2 : 1, to: place)
      }
    }
    _ = try graph.add(GlobalAveragePooling(), to: place)
    return graph
  }
}

extension LayerGraph {
  /// Two 3×3 convolutions and a shortcut around them.
  fileprivate mutating func addBasicBlock(
    _ name: String, outputs: Int, stride: Int, to place: Int
  ) throws(NetworkError) -> Int {
    let first = try addConvolution(
      "\(name).conv1", "\(name).bn1", outputs: outputs, stride: stride, to: place)
    let middle = try add(RectifiedLinear(), to: first)
    let second = try addConvolution("\(name).conv2", "\(name).bn2", outputs: outputs, to: middle)
    var shortcut = place
    if stride != 1 || shapes[place].channels != outputs {
      shortcut = try addConvolution(
        "\(name).downsample.0", "\(name).downsample.1", outputs: outputs, kernel: 1,
        stride: stride, to: place)
    }
    let sum = try add(Addition(), to: second, shortcut)
    return try add(RectifiedLinear(), to: sum)
  }

  /// A convolution without bias that keeps the size but for its stride, and batch normalisation.
  fileprivate mutating func addConvolution(
    _ name: String, _ normalisation: String, outputs: Int, kernel: Int = 3, stride: Int = 1,
    to place: Int
  ) throws(NetworkError) -> Int {
    let convolution = Convolution(
      inputs: shapes[place].channels, outputs: outputs, kernel: Convolution.Extent(kernel),
      stride: Convolution.Extent(stride), padding: Convolution.Extent(kernel / 2))
    let sum = try add(convolution, name, to: place)
    return try add(BatchNormalisation(channels: outputs), normalisation, to: sum)
  }
}
