extension Architecture {
  /// The residual network for small images with projected shortcuts, ResNet-20 by default.
  ///
  /// He and others (2016), section 4.2: three stages of `blocks` basic blocks with `width`, 2·`width`
  /// and 4·`width` channels, halving the image at the second and third; names as in torchvision
  /// (`layer1.0.conv1`). A block that changes the shape projects its shortcut by a 1×1 convolution.
  static let resNet = Architecture(
    "resnet", defaults: ["width": 16, "blocks": 3],
    choices: { shapes in
      ["width": shapes["conv1.weight"]?.first].compactMapValues(\.self)
    },
    extractor: { (input, choices) throws(NetworkError) in
      try .smallResNet(
        input, width: choices["width", default: 16], blocks: choices["blocks", default: 3],
        shortcut: .projection)
    })
}
