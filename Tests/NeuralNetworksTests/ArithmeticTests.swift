import Foundation
import Records
import Testing

@testable import NeuralNetworks

@Suite("Arithmetic")
struct ArithmeticTests {
  @Test(
    "products are sums of products, transposed or not", arguments: [false, true], [false, true])
  func products(_ left: Bool, _ right: Bool) throws {
    try MatrixProducts.load()
    let (m, n, k) = (5, 4, 7)
    let (a, b, c) = (probe(1, m * k), probe(2, k * n), probe(3, m * n))
    var expected = c
    for row in 0..<m {
      for column in 0..<n {
        let sum = (0..<k).reduce(0.0) { sum, i in
          sum + a[left ? i * m + row : row * k + i] * b[right ? column * k + i : i * n + column]
        }
        expected[row * n + column] = 2 * sum - 0.5 * c[row * n + column]
      }
    }
    var double = c
    MatrixProducts.multiply(
      a, transposed: left, by: b, transposed: right, rows: m, columns: n, inner: k, alpha: 2,
      beta: -0.5, into: &double)
    #expect(zip(double, expected).allSatisfy { abs($0 - $1) < 1e-14 })
    let single = single(
      a.map(Float.init), b.map(Float.init), c.map(Float.init),
      ProductExtents(m, n, k, transposingLeft: left, transposingRight: right))
    #expect(zip(single, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
  }

  /// 2·op(A)·op(B) − ½·C as the layers multiply.
  private func single(
    _ a: [Float], _ b: [Float], _ c: [Float], _ extents: ProductExtents
  ) -> [Float] {
    var c = c
    var result = c.mutableSpan
    MatrixProducts.library.multiply(
      a.span, b.span, extents, alpha: 2, beta: -0.5, into: &result)
    return c
  }

  @Test("the numeric environment names library and kernel")
  func environment() throws {
    let environment = try numericEnvironment()
    #expect(environment.matrixLibrary.hasPrefix("OpenBLAS 0."))
    #expect(!environment.matrixKernel.isEmpty && environment.matrixKernel != "unknown")
    #expect(environment == (try numericEnvironment()))
  }

  @Test(
    "OpenBLAS runs the kernel this processor runs best, which needs it to load late",
    .enabled(if: ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] == nil))
  func kernel() throws {
    let running = try numericEnvironment().matrixKernel.uppercased()
    #expect(OpenBLAS.preferredKernel.map { $0 == running } ?? true)
  }

  @Test("softmax and cross-entropy are right for logits of any size")
  func softmax() {
    let logits = Tensor(shape: [2, 3], values: [1, 2, 3, 1000, -1000, 1000])
    let p = Softmax.probabilities(logits).values.map(Double.init)
    // exp(1 … 3) over their sum.
    for (found, expected) in zip(p, [0.09003057, 0.24472847, 0.66524096, 0.5, 0, 0.5]) {
      #expect(abs(found - expected) < 1e-7)
    }
    let losses = Softmax.crossEntropy(logits, labels: [0, 1])
    #expect(abs(Double(losses[0]) - 2.40760596) < 1e-6)
    #expect(abs(Double(losses[1]) - 2000.6931472) < 1e-3)
  }

  @Test("the classifier's gradient is that of finite differences, features included")
  func classifier() throws {
    try MatrixProducts.load()
    let classifier = LinearClassifier(
      weight: Tensor(shape: [3, 4], values: probe(1, 12).map(Float.init)),
      bias: Tensor(shape: [3], values: probe(2, 3).map(Float.init)))
    let features = Tensor(shape: [9, 4], values: probe(3, 36).map { Float(2 * $0) })
    let labels = (0..<9).map { $0 % 3 }
    let weights: [Float] = [1, -1, 0.5, 0, 2, 1, -0.25, 1, 1]
    func loss(_ classifier: LinearClassifier, _ features: Tensor) -> Double {
      let losses = Softmax.crossEntropy(classifier.logits(of: features), labels: labels)
      return zip(losses, weights).reduce(0) { $0 + Double($1.0 * $1.1) }
    }
    let result = classifier.weightedLoss(features: features, labels: labels, weights: weights)
    let step: Float = 1.0 / 64
    for index in 0..<12 {
      var (up, down) = (classifier, classifier)
      up.weight.values[index] += step
      down.weight.values[index] -= step
      let difference = (loss(up, features) - loss(down, features)) / Double(2 * step)
      #expect(abs(difference - Double(result.gradient.weight.values[index])) < 1e-3)
    }
    for index in 0..<3 {
      var (up, down) = (classifier, classifier)
      up.bias.values[index] += step
      down.bias.values[index] -= step
      let difference = (loss(up, features) - loss(down, features)) / Double(2 * step)
      #expect(abs(difference - Double(result.gradient.bias.values[index])) < 1e-3)
    }
    for index in 0..<36 {
      var (up, down) = (features, features)
      up.values[index] += step
      down.values[index] -= step
      let difference = (loss(classifier, up) - loss(classifier, down)) / Double(2 * step)
      #expect(abs(difference - Double(result.featureGradient.values[index])) < 1e-3)
    }
  }

  @Test("the generator is xoshiro256** seeded by SplitMix64")
  func generator() {
    // From the reference C code of Blackman and Vigna, seed 42.
    var generator = SeededGenerator(seed: 42)
    let expected: [UInt64] = [
      0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1,
    ]
    for value in expected { #expect(generator.next() == value) }
  }

  @Test("orders are permutations, uniform numbers lie in [0, 1), streams differ")
  func draws() {
    var generator = SeededGenerator(seed: 5)
    #expect(generator.permutation(100).sorted() == Array(0..<100))
    #expect((0..<1000).allSatisfy { _ in (0..<1).contains(generator.uniform()) })
    let counts = (0..<6000).reduce(into: [Int](repeating: 0, count: 6)) { counts, _ in
      counts[generator.index(below: 6)] += 1
    }
    #expect(counts.allSatisfy { 850...1150 ~= $0 })
    var (first, second) = (SeededGenerator(seed: 5, stream: 0), SeededGenerator(seed: 5, stream: 1))
    #expect(first.next() != second.next())
  }

  @Test("rows and records are selected in the order asked for")
  func selecting() {
    let examples = probeExamples(5, [1, 2, 2])
    let chosen = examples.selecting([3, 0])
    #expect(chosen.labels == [examples.labels[3], examples.labels[0]])
    let values = examples.inputs.values
    #expect(chosen.inputs.values == Array(values[12..<16]) + Array(values[0..<4]))
  }
}
