/// The method of conjugate gradients (Hestenes and Stiefel, 1952), in double precision.
package enum ConjugateGradients {
  package struct Solution: Sendable {
    package let x: [Double]
    package let iterations: Int
    /// ‖b − A·x‖ / ‖b‖, as the recurrence has it; 0 when b is zero.
    package let relativeResidual: Double
  }

  /// Solves A·x = b for an A that is symmetric and positive semidefinite in the inner product `dot`,
  /// with b in its range.
  ///
  /// It ends when the relative residual is at most `tolerance`, after `iterationLimit` iterations,
  /// or where no curvature is left; the solution says how good it is.
  package static func solve(
    _ b: [Double], tolerance: Double, iterationLimit: Int,
    dot: ([Double], [Double]) -> Double = ConjugateGradients.dot, product: ([Double]) -> [Double]
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
      add(step, direction, to: &x)
      add(-step, image, to: &residual)
      let next = dot(residual, residual)
      // direction ← residual + next/square · direction
      let share = next / square
      var values = direction.mutableSpan
      let rest = residual.span
      for index in rest.indices { values[index] = rest[index] + share * values[index] }
      square = next
      iterations += 1
    }
    let relative = scale > 0 ? (max(0, square) / scale).squareRoot() : 0
    return Solution(x: x, iterations: iterations, relativeResidual: relative)
  }

  /// x ← x + α·v.
  private static func add(_ factor: Double, _ v: [Double], to x: inout [Double]) {
    var values = x.mutableSpan
    let summand = v.span
    for index in summand.indices { values[index] += factor * summand[index] }
  }

  /// The sum of the products, in their order.
  package static func dot(_ a: [Double], _ b: [Double]) -> Double {
    let (left, right) = (a.span, b.span)
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }
}
