/// The method of conjugate gradients (Hestenes and Stiefel, 1952), in double precision.
package enum ConjugateGradients {
  package struct Solution: Sendable {
    package let x: [Double]
    package let iterations: Int
    /// ‖b − A·x‖ / ‖b‖, as the recurrence has it; 0 when b is zero.
    package let relativeResidual: Double
  }

  /// Solves A·x = b for a symmetric A that is positive semidefinite, with b in its range.
  ///
  /// It ends when the relative residual is at most `tolerance`, after `iterationLimit` iterations,
  /// or where no curvature is left; the solution says how good it is.
  package static func solve(
    _ b: [Double], tolerance: Double, iterationLimit: Int, product: ([Double]) -> [Double]
  ) -> Solution {
    var x = [Double](repeating: 0, count: b.count)
    var residual = b
    var direction = b
    let scale = dot(b, b)
    var square = scale
    var iterations = 0
    while square > tolerance * tolerance * scale, iterations < iterationLimit {
      let image = product(direction)
      let curvature = dot(direction, image)
      guard curvature > 0 else { break }
      let step = square / curvature
      for index in x.indices {
        x[index] += step * direction[index]
        residual[index] -= step * image[index]
      }
      let next = dot(residual, residual)
      for index in x.indices {
        direction[index] = residual[index] + next / square * direction[index]
      }
      square = next
      iterations += 1
    }
    let relative = scale > 0 ? (square / scale).squareRoot() : 0
    return Solution(x: x, iterations: iterations, relativeResidual: relative)
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
