/// How a residual block that changes the shape carries its input to its sum.
enum ResidualShortcut: Sendable {
  /// Option A: every second position, the new channels zero.
  case padding
  /// Option B: a 1×1 convolution with batch normalisation.
  case projection
}

/// The pieces of residual networks (He and others, 2016), named as in torchvision.
extension LayerGraph {
  /// The first layers: 3×3 at full size, or 7×7 with stride 2 and max pooling 3×3 with stride 2.
  mutating func addStem(kernel: Int, outputs: Int, to place: Int) throws(NetworkError) -> Int {
    guard kernel == 3 || kernel == 7 else {
      throw NetworkError.invalidConfiguration(
        "the hyper-parameter 'stem' is \(kernel); it may be 3 or 7")
    }
    let sum = try addConvolution(
      "conv1", "bn1", outputs: outputs, kernel: kernel, stride: kernel == 7 ? 2 : 1, to: place)
    let positive = try add(RectifiedLinear(), to: sum)
    guard kernel == 7 else { return positive }
    return try add(MaxPooling(kernel: 3, stride: 2, padding: 1), to: positive)
  }

  /// The blocks of `layer1`, `layer2` and so on; the first block of all but `layer1` has stride 2.
  mutating func addStage(
    _ stage: Int, blocks: Int, to place: Int,
    _ block: (inout LayerGraph, _ name: String, _ stride: Int, _ place: Int) throws(NetworkError) ->
      Int
  ) throws(NetworkError) -> Int {
    var place = place
    for index in 0..<blocks {
      let stride = stage > 0 && index == 0 ? 2 : 1
      place = try block(&self, "layer\(stage + 1).\(index)", stride, place)
    }
    return place
  }

  /// Two 3×3 convolutions and a shortcut around them.
  mutating func addBasicBlock(
    _ name: String, outputs: Int, stride: Int, shortcut: ResidualShortcut, to place: Int
  ) throws(NetworkError) -> Int {
    let first = try addConvolution(
      "\(name).conv1", "\(name).bn1", outputs: outputs, stride: stride, to: place)
    let middle = try add(RectifiedLinear(), to: first)
    let second = try addConvolution("\(name).conv2", "\(name).bn2", outputs: outputs, to: middle)
    return try addResidual(
      name, shortcut, outputs: outputs, stride: stride, around: second, from: place)
  }

  /// A 1×1, a 3×3 and a widening 1×1 convolution to 4·`width` channels, and a shortcut around them.
  ///
  /// The stride is that of the 3×3 convolution, as in torchvision ("ResNet v1.5").
  mutating func addBottleneck(
    _ name: String, width: Int, stride: Int, to place: Int
  ) throws(NetworkError) -> Int {
    var inner = try addConvolution(
      "\(name).conv1", "\(name).bn1", outputs: width, kernel: 1, to: place)
    inner = try add(RectifiedLinear(), to: inner)
    inner = try addConvolution(
      "\(name).conv2", "\(name).bn2", outputs: width, stride: stride, to: inner)
    inner = try add(RectifiedLinear(), to: inner)
    inner = try addConvolution(
      "\(name).conv3", "\(name).bn3", outputs: 4 * width, kernel: 1, to: inner)
    return try addResidual(
      name, .projection, outputs: 4 * width, stride: stride, around: inner, from: place)
  }

  /// The sum of a block's inner part and its input, and ReLU.
  private mutating func addResidual(
    _ name: String, _ shortcut: ResidualShortcut, outputs: Int, stride: Int, around inner: Int,
    from place: Int
  ) throws(NetworkError) -> Int {
    let inputs = shapes[place].channels
    var carried = place
    if stride != 1 || inputs != outputs {
      switch shortcut {
      case .padding:
        carried = try add(
          PaddingShortcut(inputs: inputs, outputs: outputs, stride: stride), to: place)
      case .projection:
        carried = try addConvolution(
          "\(name).downsample.0", "\(name).downsample.1", outputs: outputs, kernel: 1,
          stride: stride, to: place)
      }
    }
    let sum = try add(Addition(), to: inner, carried)
    return try add(RectifiedLinear(), to: sum)
  }

  /// A convolution without bias that keeps the size but for its stride, and batch normalisation.
  private mutating func addConvolution(
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
