@testable import NeuralNetworks
import Testing

/// The weights and buffers after four steps of PyTorch 2.15's optimisers, in double precision.
///
/// The network is that of `TorchFigures` for temporal-cnn, the loss the mean cross-entropy of the ten
/// images, the learning rate 0.05, weight decay 0.01, batch normalisation in training. Of every
/// tensor stands its `summary` with series 500 + its place in the canonical order.
struct OptimiserFigures: Sendable, CustomTestStringConvertible {
  let rule: Optimiser.Rule
  let tensors: KeyValuePairs<String, [Double]>

  var testDescription: String { "\(rule)" }
}

let optimiserFigures: [OptimiserFigures] = [
  OptimiserFigures(
    rule: .sgd(momentum: 0.9),
    tensors: [
      "conv1.weight": [15.755997, 0.0356829049],
      "bn1.weight": [3.74869874, -0.344189364],
      "bn1.bias": [0.230367723, -0.0124861525],
      "bn1.running_mean": [0.153185052, 0.00972193258],
      "bn1.running_var": [2.97587636, 0.173369715],
      "conv2.weight": [13.8426284, 0.0173060913],
      "bn2.weight": [3.91909258, -0.0355372205],
      "bn2.bias": [0.205439719, -0.0048978765],
      "bn2.running_mean": [0.133800645, 0.0358744871],
      "bn2.running_var": [3.01030118, -0.336052743],
      "conv3.weight": [17.2740841, -0.181373189],
      "bn3.weight": [5.0442903, 0.107579284],
      "bn3.bias": [0.284379184, 0.0167587441],
      "bn3.running_mean": [0.313710826, -0.0237816293],
      "bn3.running_var": [4.36858016, 0.0952990572],
      "fc.weight": [6.6525829, 0.15513109],
      "fc.bias": [0.192936633, 0.0341997386],
    ]),
  OptimiserFigures(
    rule: .sgd(momentum: 0),
    tensors: [
      "conv1.weight": [15.7957104, 0.0439352708],
      "bn1.weight": [3.76207635, -0.34048109],
      "bn1.bias": [0.222992171, -0.010084086],
      "bn1.running_mean": [0.153211998, 0.00976728508],
      "bn1.running_var": [2.9759878, 0.173458715],
      "conv2.weight": [13.8511848, 0.0287045812],
      "bn2.weight": [3.92398227, -0.0396643187],
      "bn2.bias": [0.201446747, -0.00263303379],
      "bn2.running_mean": [0.134691596, 0.0360526291],
      "bn2.running_var": [3.01016085, -0.33625705],
      "conv3.weight": [17.2942784, -0.176120879],
      "bn3.weight": [5.07230765, 0.115625357],
      "bn3.bias": [0.248305265, 0.0117488939],
      "bn3.running_mean": [0.316011571, -0.0254711054],
      "bn3.running_var": [4.36234297, 0.0960140678],
      "fc.weight": [6.68667155, 0.165494986],
      "fc.bias": [0.134736936, 0.0268975634],
    ]),
  OptimiserFigures(
    rule: .adam(),
    tensors: [
      "conv1.weight": [15.1438344, -0.0195079331],
      "bn1.weight": [3.47375051, -0.429712215],
      "bn1.bias": [0.500793689, -0.108675355],
      "bn1.running_mean": [0.150590788, 0.00882168663],
      "bn1.running_var": [2.98822645, 0.172517719],
      "conv2.weight": [14.1422202, 0.130971965],
      "bn2.weight": [3.56432343, 0.038476649],
      "bn2.bias": [0.251404252, -0.0364795705],
      "bn2.running_mean": [0.154282671, 0.0363985873],
      "bn2.running_var": [3.06937748, -0.321201304],
      "conv3.weight": [13.7695617, -0.290870351],
      "bn3.weight": [4.25175811, 0.157817758],
      "bn3.bias": [0.837483187, 0.0862406765],
      "bn3.running_mean": [0.497108493, 0.0641021681],
      "bn3.running_var": [4.25119692, 0.0683639131],
      "fc.weight": [6.51263592, 0.0203689338],
      "fc.bias": [0.573711355, 0.134136017],
    ]),
]
