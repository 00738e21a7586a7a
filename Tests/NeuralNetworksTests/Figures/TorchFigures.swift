@testable import NeuralNetworks
import Testing

/// What PyTorch 2.15 computes in double precision on the networks of `probeNetwork`.
///
/// Ten images of `probeExamples`, cross-entropy weighted by `weights`, one backward pass. Losses are
/// whole; of every gradient, and of every buffer after the pass, stands its `summary` with series
/// 500 + its place among the parameters (or buffers). Made by writing the four networks as
/// `torch.nn.Module`s with the same names, inputs as `[n, channels, height, width]`.
struct TorchFigures: Sendable, CustomTestStringConvertible {
  let architecture: String
  let inputShape: [Int]
  let hyperparameters: [String: Int]
  let mode: BatchNormalisationMode
  let losses: [Double]
  let gradients: KeyValuePairs<String, [Double]>
  let buffers: KeyValuePairs<String, [Double]>

  var testDescription: String { "\(architecture), \(mode)" }

  static let weights: [Float] = [1, 0.5, -0.75, 0, 2, 1, 1.5, -0.25, 1, 0.5].map { $0 / 10 }
}

let torchFigures: [TorchFigures] = [
  TorchFigures(
    architecture: "temporal-cnn", inputShape: [1, 7, 3],
    hyperparameters: ["width": 4, "kernel": 5, "features": 5], mode: .frozen,
    losses: [
      1.11292644, 1.10613237, 1.03908545, 1.03683372, 1.20120091, 1.0770343, 1.11173722, 1.14946321,
      1.05601291, 1.12802321,
    ],
    gradients: [
      "conv1.weight": [0.35783309, -0.0020457109],
      "bn1.weight": [0.0164496813, -0.00157737265],
      "bn1.bias": [0.0696185232, 0.0127094581],
      "conv2.weight": [0.192446366, -0.000955900764],
      "bn2.weight": [0.0144074935, -0.0035617419],
      "bn2.bias": [0.041975961, -1.50500924e-06],
      "conv3.weight": [0.337916988, -0.00111356193],
      "bn3.weight": [0.0331410286, -0.0132839932],
      "bn3.bias": [0.110683387, 0.0030001483],
      "fc.weight": [0.227155877, 0.01458733],
      "fc.bias": [0.199093393, -0.0118797564],
    ],
    buffers: [
      "bn1.running_mean": [0.198241231, -0.0128804541],
      "bn1.running_var": [4.06590387, -0.391081155],
      "bn2.running_mean": [0.183291696, 0.0596709774],
      "bn2.running_var": [3.72164485, -0.370911118],
      "bn3.running_mean": [0.242780054, -0.0370481799],
      "bn3.running_var": [5.08591486, 0.0549727924],
    ]),
  TorchFigures(
    architecture: "temporal-cnn", inputShape: [1, 7, 3],
    hyperparameters: ["width": 4, "kernel": 5, "features": 5], mode: .training,
    losses: [
      1.29978975, 1.02440053, 0.845390227, 1.02587709, 1.21722234, 1.04192387, 1.32990362,
      1.13400929, 0.938095487, 1.52230952,
    ],
    gradients: [
      "conv1.weight": [1.60696149, -0.0287008124],
      "bn1.weight": [0.129696522, 0.0192218616],
      "bn1.bias": [0.101312728, 0.0146331166],
      "conv2.weight": [0.956279798, 0.0355444327],
      "bn2.weight": [0.123854018, -0.029915026],
      "bn2.bias": [0.0949381586, 0.0211563965],
      "conv3.weight": [0.792499437, 0.024394775],
      "bn3.weight": [0.159186688, -0.0631619328],
      "bn3.bias": [0.176090478, 0.00757390094],
      "fc.weight": [0.766216133, 0.0586053015],
      "fc.bias": [0.247212001, -0.018164255],
    ],
    buffers: [
      "bn1.running_mean": [0.185163246, -0.0136046086],
      "bn1.running_var": [3.74921353, -0.351869588],
      "bn2.running_mean": [0.157981583, 0.0515252328],
      "bn2.running_var": [3.51516392, -0.347443085],
      "bn3.running_mean": [0.230443793, -0.0568677443],
      "bn3.running_var": [4.87471838, 0.063182731],
    ]),
  TorchFigures(
    architecture: "mlp", inputShape: [4, 5, 3],
    hyperparameters: ["hidden": 7, "features": 6], mode: .frozen,
    losses: [
      1.13533737, 1.00248105, 0.985203349, 1.27595542, 1.00268989, 0.96431191, 1.22040476,
      0.920842581, 0.937822344, 0.944025619,
    ],
    gradients: [
      "fc1.weight": [13.2301713, -0.192745361],
      "fc1.bias": [0.353364697, -0.055485248],
      "fc2.weight": [0.589899291, -0.0307176884],
      "fc2.bias": [0.262151082, -0.0417384581],
      "fc.weight": [0.177072728, -0.00737724438],
      "fc.bias": [0.220592469, -0.0223541245],
    ],
    buffers: [:]),
  TorchFigures(
    architecture: "mlp", inputShape: [4, 5, 3],
    hyperparameters: ["hidden": 7, "features": 6], mode: .training,
    losses: [
      1.13533737, 1.00248105, 0.985203349, 1.27595542, 1.00268989, 0.96431191, 1.22040476,
      0.920842581, 0.937822344, 0.944025619,
    ],
    gradients: [
      "fc1.weight": [13.2301713, -0.192745361],
      "fc1.bias": [0.353364697, -0.055485248],
      "fc2.weight": [0.589899291, -0.0307176884],
      "fc2.bias": [0.262151082, -0.0417384581],
      "fc.weight": [0.177072728, -0.00737724438],
      "fc.bias": [0.220592469, -0.0223541245],
    ],
    buffers: [:]),
  TorchFigures(
    architecture: "small-cnn", inputShape: [8, 9, 3],
    hyperparameters: ["width": 2, "features": 6], mode: .frozen,
    losses: [
      1.2137471, 1.09070136, 0.833231254, 1.47667047, 1.12808094, 0.79787937, 1.10917792,
      1.18292697, 1.14181915, 1.36606457,
    ],
    gradients: [
      "conv1.weight": [6.82769801, 0.0987773607],
      "conv1.bias": [0.163308621, -0.0202984643],
      "conv2.weight": [3.39156794, 0.122854379],
      "conv2.bias": [0.0983960943, -0.0121107363],
      "fc1.weight": [1.19749778, 0.0179113682],
      "fc1.bias": [0.289207564, 0.00688990653],
      "fc.weight": [0.211072188, -0.00359281092],
      "fc.bias": [0.244801891, -0.0308684167],
    ],
    buffers: [:]),
  TorchFigures(
    architecture: "small-cnn", inputShape: [8, 9, 3],
    hyperparameters: ["width": 2, "features": 6], mode: .training,
    losses: [
      1.2137471, 1.09070136, 0.833231254, 1.47667047, 1.12808094, 0.79787937, 1.10917792,
      1.18292697, 1.14181915, 1.36606457,
    ],
    gradients: [
      "conv1.weight": [6.82769801, 0.0987773607],
      "conv1.bias": [0.163308621, -0.0202984643],
      "conv2.weight": [3.39156794, 0.122854379],
      "conv2.bias": [0.0983960943, -0.0121107363],
      "fc1.weight": [1.19749778, 0.0179113682],
      "fc1.bias": [0.289207564, 0.00688990653],
      "fc.weight": [0.211072188, -0.00359281092],
      "fc.bias": [0.244801891, -0.0308684167],
    ],
    buffers: [:]),
  TorchFigures(
    architecture: "resnet", inputShape: [8, 6, 3],
    hyperparameters: ["width": 2, "blocks": 1], mode: .frozen,
    losses: [
      1.07082471, 1.14556078, 1.07414814, 1.08676768, 1.11859927, 1.01440137, 1.13252372,
      1.27750966, 1.01319984, 1.1610542,
    ],
    gradients: [
      "conv1.weight": [0.633719921, 0.0236718937],
      "bn1.weight": [0.00844681985, -0.000365006975],
      "bn1.bias": [0.0330009201, 0.00064773352],
      "layer1.0.conv1.weight": [0.416597267, -0.00231856546],
      "layer1.0.bn1.weight": [0.0170870365, 0.000266720245],
      "layer1.0.bn1.bias": [0.0812204431, -0.00462406019],
      "layer1.0.conv2.weight": [0.24047737, -0.00841009707],
      "layer1.0.bn2.weight": [0.0119729537, -0.00387883056],
      "layer1.0.bn2.bias": [0.167613583, -0.0314472567],
      "layer2.0.conv1.weight": [0.507101815, 0.0119168084],
      "layer2.0.bn1.weight": [0.0211759696, -0.000981888111],
      "layer2.0.bn1.bias": [0.0403322206, -2.74224906e-05],
      "layer2.0.conv2.weight": [0.841210647, -0.0269622819],
      "layer2.0.bn2.weight": [0.0551509663, 0.00272941082],
      "layer2.0.bn2.bias": [0.0716333432, 0.000927986746],
      "layer2.0.downsample.0.weight": [0.0760284022, -0.0115488184],
      "layer2.0.downsample.1.weight": [0.0324349899, -0.000973513864],
      "layer2.0.downsample.1.bias": [0.0716333432, -0.015343692],
      "layer3.0.conv1.weight": [0.756865197, -0.001021225],
      "layer3.0.bn1.weight": [0.0286714688, 0.00742425816],
      "layer3.0.bn1.bias": [0.0574662354, -0.00382729647],
      "layer3.0.conv2.weight": [1.78203866, 0.0106639436],
      "layer3.0.bn2.weight": [0.0147689953, -0.000709674731],
      "layer3.0.bn2.bias": [0.224993398, 0.0204734541],
      "layer3.0.downsample.0.weight": [0.210405919, 0.0239876344],
      "layer3.0.downsample.1.weight": [0.0604572069, 0.00910555414],
      "layer3.0.downsample.1.bias": [0.224993398, -0.0360726753],
      "fc.weight": [0.34075096, -0.00080995018],
      "fc.bias": [0.222487776, 0.071905883],
    ],
    buffers: [
      "bn1.running_mean": [0.0417307884, -0.0173826817],
      "bn1.running_var": [1.99160588, -0.276423002],
      "layer1.0.bn1.running_mean": [0.141560907, 0.0535470169],
      "layer1.0.bn1.running_var": [1.81947637, -0.329210871],
      "layer1.0.bn2.running_mean": [0.127290896, -0.0311165905],
      "layer1.0.bn2.running_var": [2.14734686, -0.538344851],
      "layer2.0.bn1.running_mean": [0.2, -0.0190128377],
      "layer2.0.bn1.running_var": [4.03312681, -0.140512406],
      "layer2.0.bn2.running_mean": [0.176736285, 0.0365571521],
      "layer2.0.bn2.running_var": [4.18886779, -0.236269542],
      "layer2.0.downsample.1.running_mean": [0.233076846, -0.0351981733],
      "layer2.0.downsample.1.running_var": [3.84460877, 0.256150491],
      "layer3.0.bn1.running_mean": [0.366923154, 0.114716313],
      "layer3.0.bn1.running_var": [7.83146797, 0.117849972],
      "layer3.0.bn2.running_mean": [0.370180873, -0.0427282815],
      "layer3.0.bn2.running_var": [8.14294994, 0.0960604358],
      "layer3.0.downsample.1.running_mean": [0.465594084, 0.00337575429],
      "layer3.0.downsample.1.running_var": [7.9544319, 0.684796317],
    ]),
  TorchFigures(
    architecture: "resnet", inputShape: [8, 6, 3],
    hyperparameters: ["width": 2, "blocks": 1], mode: .training,
    losses: [
      0.810677716, 1.20932091, 2.19096177, 0.239619017, 1.13680388, 2.30674386, 0.86974982,
      1.57839441, 1.42280304, 1.16064888,
    ],
    gradients: [
      "conv1.weight": [14.7251539, -0.15517811],
      "bn1.weight": [0.754627499, -0.0557703934],
      "bn1.bias": [0.347804241, -0.11364239],
      "layer1.0.conv1.weight": [12.171877, 0.682948121],
      "layer1.0.bn1.weight": [0.638498896, 0.0988082815],
      "layer1.0.bn1.bias": [0.416293366, 0.136205607],
      "layer1.0.conv2.weight": [5.41650176, 0.515571421],
      "layer1.0.bn2.weight": [0.522996746, -0.144751921],
      "layer1.0.bn2.bias": [0.196339623, 0.000351577344],
      "layer2.0.conv1.weight": [9.38651236, -0.0297866188],
      "layer2.0.bn1.weight": [0.294061512, -0.00475569397],
      "layer2.0.bn1.bias": [0.505093565, 0.00972233971],
      "layer2.0.conv2.weight": [16.387477, 0.545866513],
      "layer2.0.bn2.weight": [0.310683287, -0.0123602799],
      "layer2.0.bn2.bias": [0.557973447, 0.0699499701],
      "layer2.0.downsample.0.weight": [0.648245277, -0.030848218],
      "layer2.0.downsample.1.weight": [0.568091354, -0.0057459767],
      "layer2.0.downsample.1.bias": [0.557973447, -0.0521621982],
      "layer3.0.conv1.weight": [22.6531596, 0.178512376],
      "layer3.0.bn1.weight": [0.531688613, 0.0628147512],
      "layer3.0.bn1.bias": [0.398833285, 0.107390076],
      "layer3.0.conv2.weight": [31.4346566, -0.382786826],
      "layer3.0.bn2.weight": [0.200882565, -0.00976325355],
      "layer3.0.bn2.bias": [0.141572405, 0.021734617],
      "layer3.0.downsample.0.weight": [1.30315246, -0.115913607],
      "layer3.0.downsample.1.weight": [0.23237462, 0.0282688516],
      "layer3.0.downsample.1.bias": [0.141572405, -0.00920208795],
      "fc.weight": [0.858522762, -0.156847931],
      "fc.bias": [0.0940373907, 0.0346543948],
    ],
    buffers: [
      "bn1.running_mean": [0.0362817504, -0.015089752],
      "bn1.running_var": [1.88439229, -0.257203816],
      "layer1.0.bn1.running_mean": [0.122563698, 0.0420596736],
      "layer1.0.bn1.running_var": [1.73015058, -0.311960768],
      "layer1.0.bn2.running_mean": [0.135873864, -0.0312791379],
      "layer1.0.bn2.running_var": [2.01810868, -0.509039642],
      "layer2.0.bn1.running_mean": [0.219799572, -0.0153534581],
      "layer2.0.bn1.running_var": [3.97857631, -0.142817497],
      "layer2.0.bn2.running_mean": [0.177624621, 0.0366187792],
      "layer2.0.bn2.running_var": [3.89359713, -0.226770082],
      "layer2.0.downsample.1.running_mean": [0.28103227, -0.00314612879],
      "layer2.0.downsample.1.running_var": [3.99501369, 0.282928412],
      "layer3.0.bn1.running_mean": [0.409342302, 0.107403947],
      "layer3.0.bn1.running_var": [7.34072604, 0.105157506],
      "layer3.0.bn2.running_mean": [0.316250479, -0.0244087698],
      "layer3.0.bn2.running_var": [7.38078541, 0.0852973836],
      "layer3.0.downsample.1.running_mean": [0.588133298, -0.0220771116],
      "layer3.0.downsample.1.running_var": [7.34362828, 0.596836255],
    ]),
]
