import Foundation
import Testing

@testable import NeuralNetworks

@Suite("Weights on their way into a version")
struct CanonicalWeightsTests {
  static func configuration(_ inputs: Int, hidden: Int = 4096) -> NetworkConfiguration {
    NetworkConfiguration(
      architecture: "mlp", inputShape: [1, inputs, 1], labelNames: ["no", "yes"],
      preprocessing: Preprocessing(mean: [0], standardDeviation: [1]),
      hyperparameters: ["hidden": hidden, "features": 5])
  }

  /// The canonical file that weights of any format become, and the largest piece it came in.
  static func written(
    _ file: WeightFile, _ configuration: NetworkConfiguration
  ) throws -> (bytes: [UInt8], largest: Int) {
    let weights = try CanonicalWeights(of: file, for: configuration, metadata: ["format": "pt"])
    var bytes: [UInt8] = []
    var largest = 0
    try weights.write { piece in
      bytes += unsafe piece.withUnsafeBytes { unsafe Array($0) }
      largest = max(largest, piece.byteCount)
    }
    #expect(bytes.count == weights.byteCount)
    return (bytes, largest)
  }

  static func expected(_ network: Network) -> [UInt8] {
    Safetensors.write(
      network.tensors.map { ($0.name, $0.tensor) }, metadata: ["format": "pt"])
  }

  static func reason(_ file: [UInt8], _ configuration: NetworkConfiguration) -> String {
    do {
      _ = try written(try WeightFile(.memory(file)), configuration)
      return "accepted"
    } catch {
      return "\(error)"
    }
  }

  /// A file of the types given by name, F32 where none is given, in the reverse order of the names.
  static func file(
    _ tensors: [(name: String, tensor: Tensor)], types: [String: ElementType] = [:]
  ) -> [UInt8] {
    var header: [String] = []
    var data: [UInt8] = []
    for (name, tensor) in tensors.sorted(by: { $0.name > $1.name }) {
      let begin = data.count
      let type = types[name, default: .float32]
      for value in tensor.values { data += bytes(value, type) }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      header.append(
        #""\#(name)":{"dtype":"\#(type.rawValue)","shape":[\#(shape)],"#
          + #""data_offsets":[\#(begin),\#(data.count)]}"#)
    }
    return SafetensorsTests.file("{\(header.joined(separator: ","))}", data: data)
  }

  private static func bytes(_ value: Float, _ type: ElementType) -> [UInt8] {
    switch type {
    case .float16: ZipWriter.word(Float16(value).bitPattern)
    case .bfloat16: ZipWriter.word(UInt16(value.bitPattern >> 16))
    case .float64: ZipWriter.word(Double(value).bitPattern)
    default: ZipWriter.word(value.bitPattern)
    }
  }

  @Test("the bytes are those of the network's own file, whatever the pieces")
  func sameBytes() throws {
    // 1,228,800 weights are more than one piece, and the header leaves no piece whole.
    let network = try Network(Self.configuration(300), seed: 7)
    let tensors = network.tensors.map { ($0.name, $0.tensor) }
    let expected = Self.expected(network)
    // Sorted otherwise than the canonical file, and under a prefix.
    let others = Safetensors.write(tensors.map { ("module.\($0.0)", $0.1) })
    for file in [Self.file(tensors), others] {
      let file = try WeightFile(.memory(file))
      let (bytes, largest) = try Self.written(file, network.configuration)
      #expect(bytes == expected && largest == 4 << 20 && expected.count > 4 << 20)
    }
    // The canonical file becomes itself.
    #expect(
      try Self.written(try WeightFile(.memory(expected)), network.configuration).bytes == expected)
  }

  @Test("narrow and wide types become what the network makes of them")
  func conversion() throws {
    let network = try Network(Self.configuration(6, hidden: 9), seed: 3)
    let types: [String: ElementType] = [
      "fc1.weight": .float16, "fc1.bias": .bfloat16, "fc2.weight": .float64, "fc.bias": .float16,
    ]
    let file = Self.file(network.tensors.map { ($0.name, $0.tensor) }, types: types)
    let read = try Network(network.configuration, tensors: try Safetensors.read(file).tensors())
    #expect(read.tensors != network.tensors)
    let written = try Self.written(try WeightFile(.memory(file)), network.configuration)
    #expect(written.bytes == Self.expected(read))
  }

  @Test("half precision is widened as by hand")
  func halves() throws {
    let values: [UInt16] = [0x3C00, 0x0001, 0xFBFF, 0x8000, 0x3555]
    let data = values.flatMap { ZipWriter.word($0) }
    let file = SafetensorsTests.file(
      #"{"t":{"dtype":"F16","shape":[5],"data_offsets":[0,10]}}"#, data: data)
    let expected: [Float] = [1, 5.9604645e-08, -65504, -0.0, 0.33325195]
    let tensor = try #require(try WeightFile.read(file)["t"])
    #expect(tensor.values.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test("a value that is not finite is found wherever it lies")
  func notFinite() throws {
    let network = try Network(Self.configuration(300), seed: 7)
    for (name, place, value) in [
      ("fc2.weight", 5 * 4096 - 1, Float.nan), ("fc1.weight", 1 << 20, .infinity),
      ("fc.bias", 0, -.infinity),
    ] {
      let tensors = network.tensors.map { entry -> (name: String, tensor: Tensor) in
        var tensor = entry.tensor
        if entry.name == name { tensor.values[place] = value }
        return (entry.name, tensor)
      }
      #expect(
        Self.reason(Safetensors.write(tensors), network.configuration)
          == "tensor '\(name)' has a value that is not finite")
    }
  }

  @Test("the largest numbers, subnormal ones and both zeros are finite")
  func finite() {
    let finite: [Float] = [
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0, -0.0,
    ]
    let bytes = finite.flatMap { ZipWriter.word($0.bitPattern) }
    #expect(unsafe FloatBytes.areFinite(bytes.span.bytes))
    for value in [Float.infinity, -.infinity, .nan, .signalingNaN] {
      let bytes = (finite + [value]).flatMap { ZipWriter.word($0.bitPattern) }
      #expect(unsafe !FloatBytes.areFinite(bytes.span.bytes))
    }
  }

  @Test("a variance below zero is refused, a mean below zero is not")
  func variance() throws {
    let configuration = NetworkConfiguration(
      architecture: "cifar-resnet20", inputShape: [8, 8, 3], labelNames: ["no", "yes"],
      preprocessing: Preprocessing(mean: [0, 0, 0], standardDeviation: [1, 1, 1]))
    let network = try Network(configuration, seed: 1)
    for (name, words) in [
      ("bn1.running_mean", "accepted"),
      ("bn1.running_var", "tensor 'bn1.running_var' has a negative variance"),
    ] {
      let tensors = network.tensors.map { entry -> (name: String, tensor: Tensor) in
        var tensor = entry.tensor
        if entry.name == name { tensor.values[3] = -1 }
        return (entry.name, tensor)
      }
      #expect(Self.reason(Self.file(tensors), configuration) == words)
    }
  }

  @Test("every missing, unexpected and misshapen tensor is named before any is read")
  func mismatch() throws {
    let configuration = Self.configuration(6, hidden: 9)
    let network = try Network(configuration, seed: 3)
    var tensors = network.tensors.map { (name: $0.name, tensor: $0.tensor) }
    tensors.removeAll { $0.name == "fc.bias" }
    tensors.append(("extra", Tensor(shape: [0, 2], values: [])))
    let index = try #require(tensors.firstIndex { $0.name == "fc1.weight" })
    tensors[index].tensor = Tensor(zeros: [9, 7])
    let reason = Self.reason(Self.file(tensors), configuration)
    #expect(
      reason.contains("missing fc.bias") && reason.contains("unexpected extra")
        && reason.contains("misshapen fc1.weight [9, 7] instead of [9, 6]"), "\(reason)")
  }

  @Test("a tensor of whole numbers is refused, a counter of them passed over")
  func wholeNumbers() throws {
    let configuration = Self.configuration(6, hidden: 9)
    let network = try Network(configuration, seed: 3)
    let tensors = network.tensors.map { (name: $0.name, tensor: $0.tensor) }
    #expect(
      Self.reason(Self.file(tensors, types: ["fc.bias": .int32]), configuration)
        == "tensor 'fc.bias' is I32; weights are read from F32, F16, BF16 or F64")
    let counted = tensors + [("bn.num_batches_tracked", Tensor(shape: [1], values: [1]))]
    let file = Self.file(counted, types: ["bn.num_batches_tracked": .int32])
    #expect(Self.reason(file, configuration) == "accepted")
  }
}
