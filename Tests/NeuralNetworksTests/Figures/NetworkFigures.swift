@testable import NeuralNetworks
import Testing

/// What PyTorch 2.15 computes in double precision on a large network of `probeNetwork`.
///
/// Two images of `probeExamples`, cross-entropy weighted by 1 and 0.5, one backward pass. Made by
/// writing the networks as `torch.nn.Module`s with the names of torchvision (and of
/// akamaster/pytorch_resnet_cifar10), filled by the formula of `probeNetwork`, inputs as
/// `[n, channels, height, width]`. Batch statistics over two images of few positions are too badly
/// conditioned for a comparison in single precision, so only the shallow network has them.
struct NetworkFigures: Sendable, CustomTestStringConvertible {
  let architecture: String
  let inputShape: [Int]
  let hyperparameters: [String: Int]
  let mode: BatchNormalisationMode
  /// `[2, 3]`, row-major.
  let logits: [Double]
  /// Of every parameter its name and the `summary` of its gradient with series 500 + its place.
  let gradients: String

  var testDescription: String { "\(architecture), \(mode)" }

  /// The lines of `gradients`, taken apart.
  var table: [(name: String, summary: [Double])] {
    gradients.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      return (String(words[0]), words.dropFirst().compactMap { Double($0) })
    }
  }
}
