/// All that determines a run: the method, its choices and constants, a seed, the numerics.
///
/// Constants are integers whose name ends in their unit (`learningRatePartsPerBillion`), so that a
/// recipe can stand in signed text. The same recipe on the same inputs gives the same bytes.
package struct Recipe: Hashable, Sendable, Codable {
  /// The method by name, such as `train`, `import`, `imu`, `gradient-ascent` or `retrain`.
  package let method: String
  /// What is chosen by name, such as `scope` → `classifier`.
  package let choices: [String: String]
  /// Every number, named with its unit.
  package let constants: [String: Int]
  package let seed: UInt64
  package let environment: NumericEnvironment

  package init(
    method: String, choices: [String: String] = [:], constants: [String: Int] = [:], seed: UInt64,
    environment: NumericEnvironment
  ) {
    self.method = method
    self.choices = choices
    self.constants = constants
    self.seed = seed
    self.environment = environment
  }
}

/// What else the bits of a result depend on.
package struct NumericEnvironment: Hashable, Sendable, Codable {
  /// The processor family, such as `x86_64`.
  package let architecture: String
  /// The library of matrix products, its version and the kernel it runs, such as `OpenBLAS 0.3.21`.
  package let matrixLibrary: String
  /// The kernel that library runs, such as `Haswell`.
  package let matrixKernel: String
  /// The version of this program's own numerics; it changes when results change.
  package let engine: String

  package init(
    architecture: String, matrixLibrary: String, matrixKernel: String, engine: String
  ) {
    self.architecture = architecture
    self.matrixLibrary = matrixLibrary
    self.matrixKernel = matrixKernel
    self.engine = engine
  }
}

/// Exact conversions between the engine's numbers and the integers of signed text.
package enum Parts {
  /// Rounds a finite number to whole millionths; what is not finite has none.
  package static func perMillion(_ value: Double) -> Int? {
    guard value.isFinite, abs(value) < 1e12 else { return nil }
    return Int((value * 1e6).rounded())
  }

  package static func fromPerMillion(_ value: Int) -> Double { Double(value) / 1e6 }

  /// Rounds a finite number to whole billionths; what is not finite has none.
  package static func perBillion(_ value: Double) -> Int? {
    guard value.isFinite, abs(value) < 1e9 else { return nil }
    return Int((value * 1e9).rounded())
  }

  package static func fromPerBillion(_ value: Int) -> Double { Double(value) / 1e9 }
}
