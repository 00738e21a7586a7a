import FoundationEssentials
import Glibc

/// How the learning rate goes down from epoch to epoch.
package enum Schedule: Hashable, Sendable {
  case constant
  /// η·(1 + cos(π·epoch/epochs))/2, PyTorch's `CosineAnnealingLR` with a minimum of 0.
  case cosine
  /// η·factor^⌊epoch/every⌋, PyTorch's `StepLR`.
  case step(every: Int, factor: Double)

  /// The factor of an epoch, counted from 0.
  package func factor(epoch: Int, of epochs: Int) -> Double {
    switch self {
    case .constant: 1
    case .cosine: (1 + cos(Double.pi * Double(epoch) / Double(epochs))) / 2
    case .step(let every, let factor):
      (0..<epoch / every).reduce(1) { product, _ in product * factor }
    }
  }
}
