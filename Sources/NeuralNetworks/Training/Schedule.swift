import FoundationEssentials
import Glibc

/// How the learning rate goes over a training.
package enum Schedule: Hashable, Sendable {
  case constant
  /// η·(1 + cos(π·epoch/epochs))/2, PyTorch's `CosineAnnealingLR` with a minimum of 0.
  case cosine
  /// η·factor^⌊epoch/every⌋, PyTorch's `StepLR`.
  case step(every: Int, factor: Double)
  /// Up in a straight line to η over the first `rise` of all steps, then down a half cosine towards 0;
  /// it changes with every step, which a training of few epochs needs.
  ///
  /// After Smith and Topin, "Super-Convergence" (2018); momentum and Adam's β stay as they are.
  case oneCycle(rise: Double)

  /// The factor of a step, counted over the whole training, in its epoch, both from 0.
  package func factor(epoch: Int, of epochs: Int, step: Int, of steps: Int) -> Double {
    switch self {
    case .constant: return 1
    case .cosine: return Self.halfCosine(epoch, of: epochs)
    case .step(let every, let factor):
      return (0..<epoch / every).reduce(1) { product, _ in product * factor }
    case .oneCycle(let rise):
      let peak = Int(rise * Double(steps))
      if step < peak { return Double(step + 1) / Double(peak) }
      return Self.halfCosine(step - peak, of: steps - peak)
    }
  }

  /// From 1 at the beginning towards 0 at the end.
  private static func halfCosine(_ done: Int, of all: Int) -> Double {
    (1 + cos(Double.pi * Double(done) / Double(all))) / 2
  }
}
