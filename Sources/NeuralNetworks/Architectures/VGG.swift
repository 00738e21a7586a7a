/// The networks of Simonyan and Zisserman (2015) with batch normalisation, named as in torchvision.
///
/// `head` is how many linear layers follow the convolutions: 3 with `hidden` units each behind
/// average pooling to 7×7 (torchvision: `classifier.0`, `.3` and `.6`, with ReLU between), or 1 behind
/// the mean over all positions (`classifier`, usual for CIFAR). Only the last one is the classifier
/// of the paper. Dropout, which does nothing outside training, is left out.
extension Architecture {
  static let vgg11 = vgg("vgg11-bn", stages: [[64], [128], [256, 256], [512, 512], [512, 512]])

  static let vgg16 = vgg(
    "vgg16-bn",
    stages: [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]])

  /// Stages of 3×3 convolutions with so many outputs each, every stage halving the image at its end.
  private static func vgg(_ name: String, stages: [[Int]]) -> Architecture {
    Architecture(
      name, defaults: ["head": 3, "hidden": 4096],
      classifierName: { $0["head"] == 1 ? "classifier" : "classifier.6" },
      choices: { shapes in
        if shapes["classifier.weight"] != nil { return ["head": 1] }
        return ["hidden": shapes["classifier.0.weight"]?.first].compactMapValues(\.self)
      },
      extractor: { (input, choices) throws(NetworkError) in
        var graph = LayerGraph(input: input)
        let place = try graph.addVGGFeatures(stages, to: graph.input)
        switch choices["head"] {
        case 1: _ = try graph.add(GlobalAveragePooling(), to: place)
        case 3: try graph.addVGGHead(hidden: choices["hidden", default: 4096], to: place)
        default:
          throw NetworkError.invalidConfiguration(
            "the hyper-parameter 'head' is \(choices["head", default: 0]); it may be 1 or 3")
        }
        return graph
      })
  }
}

extension LayerGraph {
  /// The layers of `features`, numbered as in torchvision: each convolution, normalisation, ReLU
  /// and pooling counts.
  fileprivate mutating func addVGGFeatures(
    _ stages: [[Int]], to place: Int
  ) throws(NetworkError) -> Int {
    var place = place
    var number = 0
    for stage in stages {
      for outputs in stage {
        let convolution = Convolution(
          inputs: shapes[place].channels, outputs: outputs, kernel: Convolution.Extent(3),
          padding: Convolution.Extent(1), hasBias: true)
        place = try add(convolution, "features.\(number)", to: place)
        place = try add(
          BatchNormalisation(channels: outputs), "features.\(number + 1)", to: place)
        place = try add(RectifiedLinear(), to: place)
        number += 3
      }
      place = try add(MaxPooling(kernel: 2, stride: 2, padding: 0), to: place)
      number += 1
    }
    return place
  }

  /// Average pooling to 7×7 and the two hidden linear layers of torchvision.
  fileprivate mutating func addVGGHead(hidden: Int, to place: Int) throws(NetworkError) {
    var place = try add(AdaptiveAveragePooling(side: 7), to: place)
    place = try add(Flattening(), to: place)
    for name in ["classifier.0", "classifier.3"] {
      place = try add(
        Linear(inputs: shapes[place].channels, outputs: hidden), name, to: place)
      place = try add(RectifiedLinear(), to: place)
    }
  }
}
