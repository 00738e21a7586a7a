import NeuralNetworks
import Unlearning

/// A small classifier and forget set in exact binary fractions, and what NumPy 2 and PyTorch 2 say.
///
/// C = 3, d = 4, N = 20. The figures were made in double precision: gradients by autograd, the
/// Hessian by `torch.autograd.functional.hessian`, solved densely by `numpy.linalg.solve`.
enum Reference {
  static let (count, width, classCount) = (20, 4, 3)
  static let ridge = 5e-4

  /// z_ij = ((7i + 5j + ij) mod 11 − 5)/4 and y_i = (i² + ⌊i/3⌋) mod 3.
  static func pack() throws -> FeaturePack {
    try MatrixProducts.load()
    var features: [Float] = []
    for i in 0..<count {
      for j in 0..<width {
        let numerator: Int = (i * 7 + j * 5 + i * j) % 11 - 5
        features.append(Float(numerator) / 4)
      }
    }
    return FeaturePack(
      features: Tensor(shape: [count, width], values: features),
      labels: (0..<count).map { (i: Int) -> Int in (i * i + i / 3) % 3 })
  }

  /// W̃_cj = ((3c + 4j + 1) mod 7 − 3)/4, the bias in the last column.
  static let classifier: ExtendedClassifier = {
    var values: [Double] = []
    for c in 0..<classCount {
      for j in 0...width {
        let numerator: Int = (c * 3 + j * 4 + 1) % 7 - 3
        values.append(Double(numerator) / 4)
      }
    }
    return ExtendedClassifier(values: byFeature(values), classCount: classCount)
  }()

  /// From `[C, D]`, as PyTorch has it, to `[D, C]`.
  static func byFeature(_ values: [Double]) -> [Double] {
    (0...width).flatMap { j in (0..<classCount).map { c in values[c * (width + 1) + j] } }
  }

  /// −G·(H + λ)⁻¹·ḡ.
  static let influence = [
    -1.0328373064753833, 0.29162888160097233, -0.5595513076662454, 0.4346075045107916,
    -3.3999763367668705, 0.5906447621209723, -1.0472120065769965, -0.7206444327567958,
    -0.9454562041472829, -2.2420497992656028, -0.5127315729645697, -0.006167211413923443,
    0.29162888160097233, -0.8243702451021048, -4.90686258947271, -3.3999763367668705,
    -0.7827369586342274, -0.7940245462058559, -0.7206444327567958, 0.054772339915503634,
  ]

  /// −(G / (mean G² + 0.01))·ḡ.
  static let diagonalFisherInfluence = [
    -0.6137815388346971, 0.15783688091125034, -0.17435735380142692, 0.32487724550225033,
    -2.0117833010952872, 1.3964788876010878, -0.9806761796463244, -1.0562015506788038,
    -1.2701595068688676, -2.1866196485817264, 0.2555677918715772, -0.12351123569068476,
    0.15783688091125034, -1.0691079450472338, -3.640023785905895, -2.0117833010952872,
    -1.8129406010984315, -1.2078829537992288, -1.0562015506788038, 0.05604869525540343,
  ]

  /// √|I|, at most its quantile 0.93 by `numpy.quantile`.
  static let weights = [
    1.0162860357573469, 0.5400267415609826, 0.7480316221031337, 0.6592476807018677,
    1.8439024748524175, 0.7685341645762875, 1.023333770857288, 0.8489077881353168,
    0.9723457225428016, 1.4973475879920477, 0.7160527724718128, 0.07853159500432576,
    0.5400267415609826, 0.907948371385788, 1.8439024748524175, 1.8439024748524175,
    0.8847242274484335, 0.891080549785403, 0.8489077881353168, 0.23403491174502927,
  ]

  /// W̃ `[C, D]` after three full-batch steps of `torch.optim.SGD` on −Σŵℓ + 2e-4·‖θ‖₁.
  ///
  /// Learning rate 0.05, momentum 0.9, weight decay 5e-4.
  static let classifierAfterThreeSteps = [
    -0.4897400129749661, 0.5412718424442322, -0.267679491062992, 0.7054868781410094,
    -0.03771949669559187, 0.3004167625603532, -0.5172218695091888, 0.4885024591856578,
    -0.28996268074007714, 0.8581737771811997, -0.8104804037853651, 0.22585886651494644,
    -0.47073180757265565, 0.5842794567990459, -0.3204954042356157,
  ]
  /// The mean losses before each of those steps and after the last.
  static let losses = [
    1.2048778044703101, 1.2182095673730053, 1.244339833626928, 1.2833963046759715,
  ]
}

/// The largest |a − b|, as a part of the largest |b|.
func relativeDifference(_ a: [Double], _ b: [Double]) -> Double {
  let scale = b.map { abs($0) }.max() ?? 0
  return zip(a, b).map { abs($0 - $1) }.max().map { $0 / scale } ?? .infinity
}
