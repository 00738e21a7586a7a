import NeuralNetworks
import Unlearning

/// The influences of all of so many records in one solve.
///
/// Features are rectified noise round a centre a class, and the classifier leans towards the centres,
/// so that the softmax is neither flat nor saturated.
struct InfluenceWorkload {
  let pack: FeaturePack
  let classifier: ExtendedClassifier
  let threads: Int

  init(records: Int, features: Int, classes: Int, threads: Int) throws {
    try MatrixProducts.load()
    var noise = Noise(seed: 1)
    let centres = (0..<classes * features).map { _ in noise.next() }
    let labels = (0..<records).map { $0 % classes }
    var values: [Float] = []
    for label in labels {
      for column in 0..<features {
        values.append(Float(max(0, centres[label * features + column] + noise.next())))
      }
    }
    var weights: [Double] = []
    for column in 0..<features {
      for label in 0..<classes {
        weights.append(0.02 * centres[label * features + column])
      }
    }
    weights += [Double](repeating: 0, count: classes)
    pack = FeaturePack(
      features: Tensor(shape: [records, features], values: values), labels: labels,
      threads: threads)
    // Influences are asked for where the classifier has been fitted, so it is, nearly.
    var fitted = ExtendedClassifier(values: weights, classCount: classes)
    for _ in 0..<60 {
      let gradient = fitted.summedGradient(fitted.residuals(of: pack), of: pack)
      for index in gradient.indices {
        let slope = gradient[index] / Double(records) + 5e-4 * fitted.values[index]
        fitted.values[index] -= 0.02 * slope
      }
    }
    classifier = fitted
    self.threads = threads
  }

  func run() -> Influence {
    .exact(of: classifier, over: pack, ridge: 5e-4, tolerance: 1e-3, iterationLimit: 2_000)
  }
}

/// Numbers that are nearly normally distributed.
private struct Noise {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += generator.uniform() }
    return sum
  }
}
