import NeuralNetworks
import Records
import Testing
import Unlearning

@Suite("Influence")
struct InfluenceTests {
  private func exact(
    _ classifier: ExtendedClassifier, _ pack: FeaturePack, ridge: Double = Reference.ridge
  ) -> Influence {
    .exact(
      of: classifier, over: pack, ridge: ridge, tolerance: 1e-10, iterationLimit: 1000)
  }

  @Test("a record's gradient is the finite difference of its loss")
  func gradientRows() throws {
    let pack = try Reference.pack()
    let rows = Dense.gradients(Reference.classifier, pack)
    let step = 1e-6
    for parameter in Reference.classifier.values.indices {
      var (above, below) = (Reference.classifier, Reference.classifier)
      above.values[parameter] += step
      below.values[parameter] -= step
      let (high, low) = (above.logProbabilities(of: pack), below.logProbabilities(of: pack))
      for (record, label) in pack.labels.enumerated() {
        let index = record * Reference.classCount + label
        let slope = (low[index] - high[index]) / (2 * step)
        #expect(abs(slope - rows[record][parameter]) < 1e-8)
      }
    }
  }

  @Test("the summed gradient is the sum of the rows")
  func summedGradient() throws {
    let pack = try Reference.pack()
    let classifier = Reference.classifier
    let sum = classifier.summedGradient(classifier.residuals(of: pack), of: pack)
    let mean = Dense.mean(Dense.gradients(classifier, pack))
    #expect(relativeDifference(sum, mean.map { $0 * Double(pack.count) }) < 1e-13)
  }

  @Test("the Hessian's product is that of the explicit matrix")
  func hessianProduct() throws {
    let pack = try Reference.pack()
    let weights = pack.labels.map { _ in 1 / Double(pack.count) }
    let h = Dense.hessian(Reference.classifier, pack, weights: weights, ridge: Reference.ridge)
    let hessian = SoftmaxHessian(of: Reference.classifier, over: pack, ridge: Reference.ridge)
    // Orthogonal to what the Hessian cannot see: the classes' numbers add up to nothing.
    let v = (0..<5).flatMap { (i: Int) -> [Double] in
      let (a, b) = (Double(i * i % 7) - 2.5, Double(3 * i % 5) - 1.25)
      return [a, b, -a - b]
    }
    let expected = h.map { Dense.dot($0, v) }
    #expect(relativeDifference(hessian.product(v), expected) < 1e-13)
  }

  @Test("scores equal the dense solve, our own and NumPy's, to 1e-6")
  func denseSolve() throws {
    let pack = try Reference.pack()
    let influence = exact(Reference.classifier, pack)
    let weights = pack.labels.map { _ in 1 / Double(pack.count) }
    let h = Dense.hessian(Reference.classifier, pack, weights: weights, ridge: Reference.ridge)
    let rows = Dense.gradients(Reference.classifier, pack)
    let direction = Dense.solve(h, Dense.mean(rows))
    let dense = rows.map { -Dense.dot($0, direction) }
    for record in 0..<pack.count {
      let score: Double = influence.scores[record]
      let own: Double = abs(score / dense[record] - 1)
      let numpy: Double = abs(score / Reference.influence[record] - 1)
      #expect(own <= 1e-6 && numpy <= 1e-6)
    }
    #expect(influence.solverIterations > 0 && influence.solverRelativeResidual <= 1e-10)
  }

  @Test("fewer records than features are solved in their span, with the same scores")
  func span() throws {
    try MatrixProducts.load()
    var generator = SeededGenerator(seed: 21)
    let (count, width, classes) = (9, 40, 4)
    let pack = FeaturePack(
      features: Tensor(
        shape: [count, width],
        values: (0..<count * width).map { _ in Float(generator.uniform() - 0.3) }),
      labels: (0..<count).map { $0 % 3 })
    let classifier = ExtendedClassifier(
      values: (0..<(width + 1) * classes).map { _ in generator.uniform() - 0.5 },
      classCount: classes)
    // Over the same records, handed in as if they were others, it goes the long way.
    let long = Influence.exact(
      of: classifier, over: pack, hessianOver: pack, ridge: 1e-3, tolerance: 1e-12,
      iterationLimit: 1000)
    let short = Influence.exact(
      of: classifier, over: pack, ridge: 1e-3, tolerance: 1e-12, iterationLimit: 1000)
    #expect(relativeDifference(short.scores, long.scores) < 1e-8)
    let weights = pack.labels.map { _ in 1 / Double(count) }
    let h = Dense.hessian(classifier, pack, weights: weights, ridge: 1e-3)
    let rows = Dense.gradients(classifier, pack)
    let direction = Dense.solve(h, Dense.mean(rows))
    #expect(relativeDifference(short.scores, rows.map { -Dense.dot($0, direction) }) < 1e-8)
  }

  @Test("scores do not depend on the threads, over many blocks of records")
  func threads() throws {
    try MatrixProducts.load()
    var generator = SeededGenerator(seed: 22)
    let (count, width, classes) = (700, 33, 11)
    let features = Tensor(
      shape: [count, width],
      values: (0..<count * width).map { _ in Float(generator.uniform() - 0.3) })
    let classifier = ExtendedClassifier(
      values: (0..<(width + 1) * classes).map { _ in generator.uniform() - 0.5 },
      classCount: classes)
    let all = [1, 2, 3].map { threads in
      exact(
        classifier,
        FeaturePack(
          features: features, labels: (0..<count).map { $0 % classes }, threads: threads)
      ).scores
    }
    #expect(all[0] == all[1] && all[0] == all[2])
  }

  @Test("without a ridge the direction along which the Hessian is singular does no harm")
  func singularDirection() throws {
    let pack = try Reference.pack()
    let influence = exact(Reference.classifier, pack, ridge: 0)
    let nearly = exact(Reference.classifier, pack, ridge: 1e-10)
    #expect(influence.solverRelativeResidual <= 1e-10)
    #expect(relativeDifference(influence.scores, nearly.scores) < 1e-6)
  }

  @Test("the diagonal Fisher's scores are NumPy's, record 0 not mistaken for the mean")
  func diagonalFisher() throws {
    let influence = Influence.diagonalFisher(
      of: Reference.classifier, over: try Reference.pack(), damping: 0.01)
    #expect(relativeDifference(influence.scores, Reference.diagonalFisherInfluence) < 1e-12)
  }

  @Test("leaving a record out and refitting changes the loss as its influence says")
  func leaveOneOut() throws {
    try MatrixProducts.load()
    let pack = Self.overlappingClasses(count: 150)
    let ridge = 1e-2
    let uniform = [Double](repeating: 1 / Double(pack.count), count: pack.count)
    let start = ExtendedClassifier(values: [Double](repeating: 0, count: 9), classCount: 3)
    let fitted = Dense.fitted(start, pack, weights: uniform, ridge: ridge)
    let forgotten = pack.labels.indices.filter { pack.labels[$0] == 1 }
    let forget = pack.selecting(forgotten)
    let loss = ForgetMeasurement(of: fitted, over: forget).loss
    let changes = forgotten.map { record in
      var weights = uniform
      weights[record] = 0
      let refitted = Dense.fitted(fitted, pack, weights: weights, ridge: ridge)
      return ForgetMeasurement(of: refitted, over: forget).loss - loss
    }
    let influence = Influence.exact(
      of: fitted, over: forget, hessianOver: pack, ridge: ridge, tolerance: 1e-10,
      iterationLimit: 1000)
    // Removal is a weight of −1/N, so the predicted change is −I/N (algorithms D.1).
    let predicted = influence.scores.map { -$0 / Double(pack.count) }
    #expect(Dense.rankCorrelation(predicted, changes) >= 0.99)
    let hasOtherSign = changes.indices.filter { (predicted[$0] < 0) != (changes[$0] < 0) }
    #expect(hasOtherSign.count <= 1)
  }

  /// Three classes in the plane that overlap, so that the fit is far from interpolating.
  private static func overlappingClasses(count: Int) -> FeaturePack {
    var generator = SeededGenerator(seed: 20)
    let labels = (0..<count).map { $0 % 3 }
    var features: [Float] = []
    for label in labels {
      let centre: [Float] = [Float(label) - 1, label == 1 ? 1 : 0]
      for coordinate in centre {
        let noise: Double = generator.uniform() + generator.uniform() - 1
        features.append(coordinate + Float(2 * noise))
      }
    }
    return FeaturePack(features: Tensor(shape: [count, 2], values: features), labels: labels)
  }
}
