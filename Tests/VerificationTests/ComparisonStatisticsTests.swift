import Testing

@testable import Verification

/// Figures by SciPy 1.17.1 and scikit-learn 1.9.1: `metrics.roc_auc_score`; DeLong's variances from
/// their definition, ψ over all pairs in NumPy, which is what R's pROC computes; Tango's interval by
/// maximising the constrained likelihood numerically (`optimize.minimize_scalar`) and solving for
/// the bound (`optimize.brentq`); `stats.wasserstein_distance`;
/// `spatial.distance.jensenshannon` squared; `svm.SVC(C=3, gamma=1)`.
@Suite struct ComparisonStatisticsTests {
  private let members = [
    0.8, 1.1, 0.53, -1.34, 0.35, -1.9, 0.86, 2.14, 0.31, 0.18, 1.29, 1.16,
  ]
  private let nonMembers = [
    0.11, -0.93, -0.03, 0.7, -1.34, -0.46, -1.9, -1.29, -1.84, -0.24, -1.27, 0.27, 0.16, -0.19,
    -2.52,
  ]
  private let otherMembers = [
    0.36, 0.83, 0.59, -1.52, 0.12, -1.53, 0.23, 2.12, -0.1, 0.29, 1.5, 0.55,
  ]
  private let otherNonMembers = [
    -0.0, -0.49, 0.02, -0.32, -0.76, 0.54, -2.07, -0.26, -1.03, -0.53, 0.44, 0.62, -0.62, -0.07,
    -1.17,
  ]

  private func expect(_ interval: Interval, _ low: Double, _ high: Double, _ tolerance: Double) {
    #expect(abs(interval.low - low) < tolerance)
    #expect(abs(interval.high - high) < tolerance)
  }

  @Test("the area, its variance and its interval equal the reference figures")
  func area() {
    let first = AreaUnderROC(members: members, nonMembers: nonMembers)
    #expect(abs(first.value - 0.8333333333333335) < 1e-14)
    #expect(abs(first.variance - 0.009109848484848485) < 1e-14)
    expect(first.interval(), 0.5652594457997477, 0.9505623007445934, 1e-10)
    let second = AreaUnderROC(members: otherMembers, nonMembers: otherNonMembers)
    #expect(abs(second.variance - 0.012016594516594516) < 1e-14)
    expect(second.interval(), 0.4782456041644902, 0.8918977905143332, 1e-10)
  }

  @Test("the paired difference of areas equals the reference figures")
  func pairedArea() {
    let difference = PairedAreaDifference(
      AreaUnderROC(members: members, nonMembers: nonMembers),
      AreaUnderROC(members: otherMembers, nonMembers: otherNonMembers))
    #expect(abs(difference.estimate - 0.1) < 1e-14)
    #expect(abs(difference.variance - 0.003899410774410774) < 1e-14)
    expect(difference.interval(), -0.02239046496712868, 0.22239046496712886, 1e-10)
  }

  @Test("perfect separation of few records leaves a wide interval, on either side")
  func degenerateArea() {
    let perfect = AreaUnderROC(
      members: (0..<30).map { 100 + Double($0) }, nonMembers: (0..<31).map(Double.init))
    #expect(perfect.value == 1 && perfect.variance == 0)
    let interval = perfect.interval()
    #expect(interval.high == 1 && interval.low > 0.75 && interval.low < 0.8)
    let inverse = AreaUnderROC(
      members: (0..<31).map(Double.init), nonMembers: (0..<30).map { 100 + Double($0) })
    expect(inverse.interval(), 0, 1 - interval.low, 1e-12)
    // Two models that both separate perfectly are not known to be equal.
    let pair = PairedAreaDifference(perfect, perfect).interval()
    #expect(pair.low < -0.2 && pair.high > 0.2)
  }

  @Test("equal scores everywhere are an area of one half with an honest interval")
  func allTied() {
    let area = AreaUnderROC(
      members: [Double](repeating: 1, count: 20), nonMembers: [Double](repeating: 1, count: 40))
    #expect(area.value == 0.5)
    let interval = area.interval()
    #expect(interval.low < 0.35 && interval.high > 0.65)
  }

  @Test(
    "Tango's interval of a paired difference equals the numeric solution",
    arguments: [
      (0, 0, 339, 0.9, -0.007917762839990922, 0.007917762839990919),
      (2, 0, 339, 0.9, -0.002064770418976116, 0.017669478012510263),
      (2, 1, 339, 0.9, -0.007806351863416371, 0.01505613016977059),
      (12, 5, 339, 0.9, 0.0006962975658875802, 0.04301118464801798),
      (30, 0, 30, 0.95, 0.7729732136519918, 1),
      (0, 0, 30, 0.95, -0.11351339317399697, 0.11351339317399696),
      (3, 0, 30, 0.95, -0.0248647343741548, 0.25621082579159915),
      (1, 4, 30, 0.95, -0.2725669917926182, 0.06058960526961381),
      (9, 2, 44, 0.95, 0.013176672893152297, 0.31160671042589133),
      (0, 13, 32, 0.95, -0.5773997512461714, -0.25519634842665434),
    ])
  func tango(b: Int, c: Int, count: Int, confidence: Double, low: Double, high: Double) {
    let difference = PairedProportionDifference(onlyFirst: b, onlySecond: c, count: count)
    expect(difference.interval(confidence: confidence), low, high, 1e-7)
  }

  @Test(
    "Wasserstein distances equal SciPy's",
    arguments: [
      (
        [-0.19, 0.68, -0.07, 0.67, 1.44, -0.68, 0.2],
        [-0.43, 0.75, -1.87, -0.66, 0.11, 2.3, 2.79, -2.15, -1.09, 1.79, -3.48],
        1.1463636363636363
      ),
      ([1, 1, 2, 5], [0, 2, 2], 1.25), ([3], [-1.5], 4.5), ([2, 2], [2], 0),
    ] as [([Double], [Double], Double)])
  func wasserstein(a: [Double], b: [Double], expected: Double) {
    #expect(abs(wassersteinDistance(a, b) - expected) < 1e-14)
    #expect(abs(wassersteinDistance(b, a) - expected) < 1e-14)
  }

  @Test(
    "Jensen-Shannon divergences equal SciPy's, symmetric and at most ln 2",
    arguments: [
      ([0.1, 0.2, 0.7], [0.3, 0.3, 0.4], 0.05191225923810343),
      ([1, 0, 0], [0, 1, 0], 0.6931471805599452),
      ([0.5, 0.5, 0], [0.5, 0.4, 0.1], 0.03744088081117715), ([0.2, 0.8], [0.2, 0.8], 0),
    ] as [([Double], [Double], Double)])
  func jensenShannon(p: [Double], q: [Double], expected: Double) {
    #expect(abs(jensenShannonDivergence(p, q) - expected) < 1e-14)
    #expect(jensenShannonDivergence(p, q) == jensenShannonDivergence(q, p))
  }

  @Test("the true positive rate is measured with a threshold from the other half")
  func truePositiveRate() throws {
    // Even places 0, 2, …, 398 set the threshold: ten of 200 lie above 378.
    let nonMembers = (0..<400).map(Double.init)
    let rate = try #require(
      TruePositiveRate(
        members: [377, 378, 379, 1_000], nonMembers: nonMembers, falsePositiveRate: 0.05))
    #expect(rate.found == 2 && rate.members == 4)
    #expect(rate.alarms == 11 && rate.evaluated == 200)
  }

  @Test("a false positive rate below ten non-members is refused")
  func refusedRate() {
    let scores = (0..<199).map(Double.init)
    #expect(
      TruePositiveRate(members: [1], nonMembers: scores, falsePositiveRate: 0.05) == nil)
    #expect(
      TruePositiveRate(members: [1], nonMembers: scores + [1], falsePositiveRate: 0.05) != nil)
  }

  @Test("the support vector machine decides as scikit-learn's does")
  func supportVectors() {
    let positives = [
      0.637, 0.883, 0.792, 0.859, 0.914, 0.85, 0.836, 0.953, 0.896, 0.972, 0.836, 0.897, 0.967,
      0.87, 0.695, 0.884, 0.914, 0.62, 0.958, 0.592, 0.941, 0.775, 0.877, 0.89, 0.902, 0.872,
      0.922, 0.849, 0.944, 0.917, 0.791, 0.839, 0.72, 0.919, 0.897, 0.986, 0.719, 0.945, 0.922,
      0.892,
    ]
    let negatives = [
      0.158, 0.379, 0.656, 0.221, 0.165, 0.589, 0.872, 0.78, 0.283, 0.412, 0.615, 0.311, 0.714,
      0.613, 0.671, 0.802, 0.351, 0.535, 0.562, 0.422, 0.499, 0.832, 0.859, 0.864, 0.168, 0.72,
      0.113, 0.507, 0.483, 0.6, 0.816, 0.513, 0.335, 0.928, 0.836,
    ]
    let expected = [
      -2.5811, -2.5644, -2.5208, -2.4491, -2.3489, -2.22, -2.063, -1.8792, -1.6702, -1.4383,
      -1.1864, -0.9179, -0.6364, -0.3459, -0.0507, 0.2449, 0.5364, 0.8196, 1.0905, 1.3452, 1.5804,
    ]
    let machine = SupportVectorMachine(positives: positives, negatives: negatives)
    for (index, value) in expected.enumerated() {
      #expect(abs(machine.decision(Double(index) * 0.05) - value) < 2e-3)
    }
  }

  @Test("the support vector machine copes with equal points")
  func equalPoints() {
    let expected = [
      -2.2943, -2.2549, -2.1942, -2.1121, -2.0085, -1.8841, -1.7398, -1.5772, -1.3981, -1.2049,
      -1.0, -0.7865, -0.5674, -0.3461, -0.1258, 0.0901, 0.2985, 0.4963, 0.6807, 0.8493, 1.0,
    ]
    let machine = SupportVectorMachine(
      positives: [Double](repeating: 1, count: 20) + [Double](repeating: 0.9, count: 5),
      negatives: [0.99, 0.99, 0.99, 0.99] + [Double](repeating: 0.5, count: 10)
        + [Double](repeating: 0.1, count: 6))
    for (index, value) in expected.enumerated() {
      #expect(abs(machine.decision(Double(index) * 0.05) - value) < 2e-3)
    }
  }
}
