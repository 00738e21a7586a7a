import Records
import Reports

/// A certificate as Japanese Vowels gives it: nine speakers, the 30 training recordings of one.
enum Sample {
  static func digest(_ seed: UInt8) -> Digest {
    Digest(bytes: (0..<32).map { UInt8(truncatingIfNeeded: Int($0) * 37 + Int(seed) * 101 + 11) })
  }

  static func version(_ number: Int) -> VersionReference {
    let seed = UInt8(number * 4)
    return VersionReference(
      name: "speakers@v\(number)", digest: digest(seed), modelRoot: digest(seed + 1),
      weights: digest(seed + 2), configuration: digest(3))
  }

  static let received = date(2026, 11, 22)
  static let deadline = received.oneMonthLater

  static func date(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
    guard let date = CalendarDate(year: year, month: month, day: day) else {
      preconditionFailure("a date of the tests does not exist")
    }
    return date
  }

  static let environment = NumericEnvironment(
    architecture: "x86_64", matrixLibrary: "OpenBLAS 0.3.21", matrixKernel: "Haswell",
    engine: "imu-numerics 1")

  static let imu = Recipe(
    method: "imu",
    choices: [
      "scope": "classifier", "influence": "exact", "select": "all", "batchNormalisation": "frozen",
    ],
    constants: [
      "learningRatePartsPerBillion": 3_000_000, "epochs": 12, "batchSize": 16,
      "influenceQuantilePartsPerMillion": 930_000, "topRatioPartsPerMillion": 1_000_000,
      "l1PartsPerBillion": 100_000, "updateFrequency": 1, "dampingPartsPerMillion": 10_000,
    ], seed: 20_261_122, environment: environment)

  static let imuAll = Recipe(
    method: "imu",
    choices: [
      "scope": "all", "influence": "exact", "select": "all", "batchNormalisation": "frozen",
    ], constants: ["learningRatePartsPerBillion": 400_000, "epochs": 8, "batchSize": 16],
    seed: 20_261_123, environment: environment)

  static func retrain(_ seed: UInt64) -> Recipe {
    Recipe(
      method: "retrain", choices: ["optimiser": "adam", "schedule": "cosine"],
      constants: ["learningRatePartsPerBillion": 3_000_000, "epochs": 60, "batchSize": 32],
      seed: seed, environment: environment)
  }

  static let influence: [Int] = (0..<30).map { rank in
    let x = rank - 9
    return x * x * x * 21_000 + x * 640_000
  }

  static let trace = ForgettingTrace(
    influencePartsPerBillion: influence,
    forgetLossPartsPerMillion: [
      11_200, 94_100, 402_000, 1_120_400, 2_010_000, 2_870_300, 3_512_000, 3_998_000, 4_377_000,
      4_610_000, 4_790_500,
    ],
    forgetConfidencePartsPerMillion: [
      988_900, 912_000, 702_500, 401_200, 190_300, 88_100, 44_000, 25_100, 16_900, 12_000, 8_700,
    ],
    epochCount: 10, stepCount: 20, coveredRecords: 30, usesRetainSet: false,
    figures: ["solverIterations": 17, "solverResidualPartsPerBillion": 41],
    stopReason: "mean confidence at most 0.01")

  static let traceAll = ForgettingTrace(
    influencePartsPerBillion: influence, forgetLossPartsPerMillion: [11_200, 3_020_000, 4_880_000],
    forgetConfidencePartsPerMillion: [988_900, 61_000, 7_100], epochCount: 2, stepCount: 4,
    coveredRecords: 30, usesRetainSet: false, stopReason: "mean confidence at most 0.01")

  static let traceRetrain = ForgettingTrace(
    epochCount: 60, stepCount: 480, coveredRecords: 30, usesRetainSet: true,
    stopReason: "all epochs done")
}
