import Testing

@testable import NeuralNetworks

/// ResNet-18 and -50 with random weights against PyTorch: every gradient, in both modes.
///
/// Only in the release build, in which `Scripts/test` runs the numerics again: in a debug build the
/// numbers of 25 million weights alone take a minute. `Scripts/compare-pytorch` compares every entry.
@Suite("Gradients of the large residual networks")
struct GradientTests {
  #if DEBUG
    private static let isRelease = false
  #else
    private static let isRelease = true
  #endif

  @Test(
    "forward, every gradient and every running statistic are PyTorch's",
    .enabled(if: isRelease, "a debug build is too slow"), arguments: GradientFigures.all)
  func agreement(_ figures: GradientFigures) throws {
    let lines = try figures.lines()
    var network = try Noise.network(figures.architecture, side: figures.side, stem: figures.stem)
    let examples = Noise.examples(figures.imageCount, side: figures.side)
    var found = ["logits": network.logits(of: examples.inputs, threads: 2).values]
    for mode in [BatchNormalisationMode.frozen, .training] {
      let expected = lines.filter { $0.mode == "\(mode)" }
      let weight = 1 / Float(examples.count)
      let loss = network.weightedLoss(
        inputs: examples.inputs, labels: examples.labels,
        weights: [Float](repeating: weight, count: examples.count), mode: mode, scope: .all,
        threads: 2)
      found["losses"] = loss.losses
      for (named, gradient) in zip(network.tensors, loss.gradients.values) {
        if !named.isBuffer { found["gradient.\(named.name)"] = gradient }
        if named.isBuffer && mode == .training {
          found["statistic.\(named.name)"] = named.tensor.values
        }
      }
      #expect(Set(found.keys) == Set(expected.map(\.name)))
      let floor = Self.floor(expected)
      for line in expected { compare(found[line.name] ?? [], line, floor) }
      found = [:]
    }
  }

  /// What a number may differ by, of ‖v‖.
  ///
  /// Chosen after the differences were seen. Where one of millions of comparisons (a ReLU's, a
  /// maximum's) turns out the other way, single precision costs PyTorch itself about 5·10⁻³, and
  /// 3·10⁻² in a bias whose gradient nearly vanishes; `Scripts/compare-pytorch` prints it beside the
  /// engine's differences.
  private static let tolerance = 2e-2

  /// A thousandth of the median norm of all gradients: a norm counts as no less.
  ///
  /// A bias whose every unit passes its ReLU to another normalisation has the gradient 0, and only
  /// rounding is left of it.
  private static func floor(_ lines: [GradientFigures.Line]) -> Double {
    let norms = lines.filter { $0.name.hasPrefix("gradient.") }.map { $0.numbers[0] }.sorted()
    return norms[norms.count / 2] / 1000
  }

  private func compare(_ values: [Float], _ line: GradientFigures.Line, _ floor: Double) {
    guard !values.isEmpty, line.numbers.count == 6 else {
      Issue.record("\(line.mode) \(line.name) has nothing to compare")
      return
    }
    let norm = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let entries = [values[0], values[values.count / 2], values[values.count - 1]].map(Double.init)
    let found =
      [
        norm, Noise.signedSum(values, 2000 + line.place),
        Noise.signedSum(values, 3000 + line.place),
      ]
      + entries
    let limit = Self.tolerance * max(line.numbers[0], floor)
    #expect(
      zip(found, line.numbers).allSatisfy { abs($0 - $1) <= limit },
      "\(line.mode) \(line.name): \(found), PyTorch \(line.numbers)")
  }
}
