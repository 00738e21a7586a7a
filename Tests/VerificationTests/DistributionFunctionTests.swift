import Testing

@testable import Verification

/// Figures by SciPy 1.17.1: `special.gammaln`, `special.betainc`, `special.betaincinv`,
/// `stats.norm.ppf`, `stats.t.ppf`, `stats.binomtest(k, n).proportion_ci(method="exact")`.
@Suite struct DistributionFunctionTests {
  private func isClose(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
    abs(a - b) <= relative * max(abs(b), 1e-300)
  }

  @Test(
    "the logarithm of the gamma function equals SciPy's",
    arguments: [
      (0.1, 2.252712651734206), (0.5, 0.5723649429247), (1.5, -0.12078223763524526),
      (3.7, 1.428072326665388), (14.9, 24.924132002217277), (15, 25.191221182738683),
      (100.25, 360.28455963776423), (1e6, 12815504.569147611),
    ])
  func gamma(x: Double, expected: Double) {
    #expect(isClose(logGamma(x), expected, 1e-13))
    #expect(abs(logGamma(1)) < 1e-14)
  }

  @Test(
    "the incomplete beta function equals SciPy's",
    arguments: [
      (0.5, 0.5, 0.3, 0.36901011956554536), (2, 3, 0.4, 0.5248),
      (30, 1, 0.9, 0.04239115827521624), (1, 31, 0.01, 0.26769663034560237),
      (5000, 15000, 0.251, 0.6289320588793778), (10000, 20, 0.999, 0.9964911660735046),
      (0.1, 7, 0.001, 0.6354602696289336), (120, 0.5, 0.99, 0.12078864909692316),
    ])
  func beta(a: Double, b: Double, x: Double, expected: Double) {
    #expect(isClose(IncompleteBeta.value(a: a, b: b, x: x), expected, 1e-10))
    #expect(abs(IncompleteBeta.value(a: b, b: a, x: 1 - x) - (1 - expected)) < 1e-10)
  }

  @Test(
    "the inverse of the incomplete beta function equals SciPy's",
    arguments: [
      (1, 31, 0.025, 0.000816370071846613), (30, 1, 0.025, 0.8842966917779722),
      (3, 28, 0.975, 0.22073540152296187), (40, 300, 0.5, 0.11689721424459952),
      (5000, 15000, 0.001, 0.2406103400678644), (0.5, 0.5, 1e-6, 2.46740110027031e-12),
    ])
  func inverseBeta(a: Double, b: Double, p: Double, expected: Double) {
    #expect(isClose(IncompleteBeta.inverse(a: a, b: b, p: p), expected, 1e-10))
  }

  @Test(
    "quantiles of the normal distribution equal SciPy's",
    arguments: [
      (1e-10, -6.361340902404056), (0.001, -3.090232306167813), (0.025, -1.9599639845400545),
      (0.9, 1.2815515655446004), (0.95, 1.6448536269514722), (0.975, 1.959963984540054),
      (0.99999, 4.264890793923841),
    ])
  func normal(p: Double, expected: Double) {
    #expect(isClose(NormalDistribution.quantile(p), expected, 1e-11))
    #expect(isClose(NormalDistribution.cumulative(expected), p, 1e-10))
    #expect(NormalDistribution.quantile(0.5) == 0)
  }

  @Test(
    "quantiles of Student's distribution equal SciPy's",
    arguments: [
      (0.975, 1, 12.706204736174694), (0.975, 29, 2.045229642132703),
      (0.95, 338, 1.6493742764994044), (0.995, 5, 4.032142983555228),
      (0.9, 10000, 1.2816362297304775),
    ])
  func student(p: Double, degrees: Int, expected: Double) {
    #expect(isClose(StudentDistribution.quantile(p, degreesOfFreedom: degrees), expected, 1e-9))
  }

  @Test("the interval of a mean equals SciPy's stats.t.interval")
  func mean() throws {
    let interval = try #require(
      StudentDistribution.meanInterval(of: [0.1, 0.4, -0.2, 0.7, 0.9, 0.33], confidence: 0.95))
    #expect(isClose(interval.low, -0.04549775043234722, 1e-10))
    #expect(isClose(interval.high, 0.7888310837656805, 1e-10))
    #expect(StudentDistribution.meanInterval(of: [1], confidence: 0.95) == nil)
  }

  @Test(
    "Clopper-Pearson intervals equal SciPy's",
    arguments: [
      (0, 30, 0.95, 0, 0.11570330822202743), (30, 30, 0.95, 0.8842966917779725, 1),
      (1, 30, 0.95, 0.0008435709266493071, 0.17216945563341293),
      (333, 339, 0.95, 0.9618764230705261, 0.9934777328104717),
      (5, 10, 0.9, 0.22244110100812892, 0.777558898991871),
      (123, 100_000, 0.95, 0.0010223513683238522, 0.0014673898395531839),
    ])
  func clopperPearson(
    successes: Int, trials: Int, confidence: Double, low: Double, high: Double
  ) {
    let interval = ClopperPearson.interval(
      successes: successes, trials: trials, confidence: confidence)
    #expect(abs(interval.low - low) < 1e-11)
    #expect(abs(interval.high - high) < 1e-11)
  }

  @Test("no trials say nothing")
  func noTrials() {
    #expect(ClopperPearson.interval(successes: 0, trials: 0) == Interval(low: 0, high: 1))
  }
}
