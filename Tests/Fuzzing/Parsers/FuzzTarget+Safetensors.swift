import NeuralNetworks

extension FuzzTarget {
  /// The bytes of a safetensors file, to its tensors.
  static let safetensors = FuzzTarget(
    name: "safetensors",
    seeds: [
      "one": file(
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, [0, 0, 128, 63, 0, 0, 0, 64]),
      "metadata": file(
        #"{"__metadata__":{"format":"pt"},"w":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]}}"#,
        [128, 63, 0, 64]),
      "two": file(
        #"{"b":{"dtype":"F64","shape":[],"data_offsets":[4,12]},"#
          + #""a":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]}}   "#,
        [0, 60, 0, 64, 0, 0, 0, 0, 0, 0, 240, 63]),
      "empty": file("{}", []),
    ],
    tokens: [
      "\"__metadata__\":", "\"dtype\":", "\"shape\":", "\"data_offsets\":", "\"F32\"", "\"F64\"",
      "\"BF16\"", "\"F16\"", "\"F4\"", "\"I64\"", "9223372036854775807", "4611686018427387904",
      "1152921504606846976", "18446744073709551615", "[0,0]", "{}", "[]", "module.", "\\u0061",
    ].map { [UInt8](text: $0) },
    parse: { bytes in
      let tensors = try WeightFile(bytes: bytes).read()
      precondition(tensors.values.reduce(0) { $0 + $1.values.count } <= bytes.count)
    })

  private static func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    [UInt8](littleEndian: UInt64(header.utf8.count)) + [UInt8](text: header) + data
  }
}
