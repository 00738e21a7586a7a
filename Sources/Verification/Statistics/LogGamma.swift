import Glibc

/// ln Γ(x) for x > 0, to about 1e-15 relative.
///
/// Stirling's series (DLMF 5.11.1) beyond 15, reached from below by Γ(x + 1) = x Γ(x). The C
/// library's own writes to a global variable.
package func logGamma(_ x: Double) -> Double {
  precondition(x > 0, "the logarithm of the gamma function is asked for at \(x)")
  var x = x
  var product = 1.0
  while x < 15 {
    product *= x
    x += 1
  }
  // B₂ₖ / (2k (2k − 1)) for k = 7, 6, …, 1.
  let coefficients = [
    1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12,
  ]
  let inverseSquare = 1 / (x * x)
  let series = coefficients.reduce(0) { $0 * inverseSquare + $1 } / x
  return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series - log(product)
}
