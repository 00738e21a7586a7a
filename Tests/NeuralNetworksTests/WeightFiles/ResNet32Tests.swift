import Testing

@testable import NeuralNetworks

/// A ResNet-32 that others trained on CIFAR-10, on 1,017 of its test images; skipped where absent.
///
/// Figures: PyTorch 2.15 in double precision on the same file and images.
@Suite("A checkpoint from elsewhere")
struct ResNet32Tests {
  private static let file = "data/cifar10/resnet32-d509ac18.th"
  private static let images = "data/cifar10/test_1017.bin"
  private static let isThere =
    SharedFiles.path(file) != nil && SharedFiles.path(images) != nil

  private static let firstLogits: [[Double]] = [
    [
      -0.36899429, 1.3432777, -1.055867, 18.441017, -6.1008919, 0.61107509, -1.8880844, -2.4626857,
      -3.827407, -4.6605211,
    ],
    [
      8.7857561, 10.398953, -8.0638155, -1.3617237, -9.7754981, -12.023082, -5.0783571, -8.1114673,
      25.879089, -0.67252043,
    ],
    [
      1.1584636, 7.7208609, -3.2975586, -0.33295148, -4.5874707, -9.9764374, -7.1407371, -7.1978778,
      22.080654, 1.5582399,
    ],
    [
      10.943057, 2.0862571, 1.4332789, 4.309028, -10.311592, -8.6816253, -8.5204812, -6.5916836,
      9.1572113, 6.1679578,
    ],
    [
      -6.2297511, -0.98316894, 3.2078687, -1.2761051, 3.4528508, -5.1159621, 23.336276, -7.7658966,
      -4.7150683, -3.8758631,
    ],
    [
      -9.71489, -2.7435933, -2.2643938, 3.6456102, 1.3182036, 3.6867308, 18.478986, -4.3683042,
      -5.2534338, -2.7424933,
    ],
    [
      -4.3603196, 14.78148, -3.0046661, -0.22345074, -2.8926111, 0.042019729, -1.0039722,
      -1.2170587, -6.3385637, 4.2583931,
    ],
    [
      1.9163831, -7.8833106, 5.5342176, -1.6084307, -1.3013427, -4.803374, 18.468338, -6.3885929,
      -3.3020797, -0.62705625,
    ],
  ]

  private static func network() throws -> Network {
    try Network(
      NetworkConfiguration(
        architecture: "cifar-resnet32", inputShape: [32, 32, 3],
        labelNames: (0..<10).map(String.init),
        preprocessing: Preprocessing(
          mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])),
      tensors: try WeightFile.read(try SharedFiles.bytes(file)))
  }

  /// Records of a label and three planes of 32×32 bytes.
  private static func examples() throws -> Examples {
    let bytes = try SharedFiles.bytes(images)
    let count = bytes.count / 3073
    var values = [Float](repeating: 0, count: count * 3072)
    for record in 0..<count {
      for channel in 0..<3 {
        let plane = record * 3073 + 1 + channel * 1024
        for position in 0..<1024 {
          values[(record * 1024 + position) * 3 + channel] = Float(bytes[plane + position]) / 255
        }
      }
    }
    return Examples(
      inputs: Tensor(shape: [count, 32, 32, 3], values: values),
      labels: (0..<count).map { Int(bytes[$0 * 3073]) })
  }

  @Test("logits and accuracy are PyTorch's", .enabled(if: isThere, "shared/data is absent"))
  func agreement() throws {
    let examples = try Self.examples()
    #expect(examples.count == 1017)
    let logits = try Self.network().logits(of: examples.inputs, threads: 2).values
    let rows = (0..<examples.count).map { Array(logits[10 * $0..<10 * $0 + 10]) }
    for (row, expected) in zip(rows, Self.firstLogits) {
      let tolerance = 1e-5 * (expected.map(abs).max() ?? 0)
      for (found, expected) in zip(row, expected) {
        #expect(abs(Double(found) - expected) < tolerance)
      }
    }
    let whole = summary(logits, series: 1)
    #expect(abs(whole[0] - 53584.2268542) < 1e-6 * 53584)
    #expect(abs(whole[1] - -46.4318286519) < 1e-6 * 53584)
    let correct = zip(rows, examples.labels).count { row, label in row.max() == row[label] }
    #expect(correct == 944)
  }
}
