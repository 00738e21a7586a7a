import NeuralNetworks
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  /// A file of the header and data given, the length field in front.
  static func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
  }

  private static func reason(_ bytes: [UInt8]) -> String {
    do {
      _ = try Safetensors.read(bytes)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private static let small: [(name: String, tensor: Tensor)] = [
    (name: "b", tensor: Tensor(shape: [2], values: [1, -2])),
    (name: "a", tensor: Tensor(shape: [], values: [0.5])),
    (name: "c", tensor: Tensor(shape: [3, 0], values: [])),
  ]

  @Test("what is written is read back, in the order of the names")
  func roundTrip() throws {
    let bytes = Safetensors.write(Self.small, metadata: ["format": "pt", "a\"\n": "é"])
    let file = try Safetensors.read(bytes)
    #expect(file.metadata == ["format": "pt", "a\"\n": "é"])
    #expect(file.entries.map(\.name) == ["a", "b", "c"])
    let expected = Dictionary(uniqueKeysWithValues: Self.small.map { ($0.name, $0.tensor) })
    #expect(try file.tensors() == expected)
  }

  @Test("the bytes do not depend on the order of the tensors and are padded to 8")
  func canonical() {
    let bytes = Safetensors.write(Self.small)
    #expect(bytes == Safetensors.write(Self.small.reversed()))
    let header =
      #"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"#
      + #""b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"#
      + #""c":{"dtype":"F32","shape":[3,0],"data_offsets":[12,12]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let data: [UInt8] = [0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(bytes == Self.file(padded, data: data))
  }

  @Test("every bit pattern of F32 survives, not-a-number included")
  func bitPatterns() throws {
    let patterns: [UInt32] = [0, 0x8000_0000, 1, 0x7F80_0000, 0x7FC0_0001, 0xFF7F_FFFF]
    let tensor = Tensor(shape: [6], values: patterns.map { Float(bitPattern: $0) })
    let file = try Safetensors.read(Safetensors.write([(name: "t", tensor: tensor)]))
    #expect(try file.tensors()["t"]?.values.map(\.bitPattern) == patterns)
  }

  @Test(
    "narrow and wide floats are converted",
    arguments: [
      ("F16", [0x00, 0x3C, 0x01, 0x00, 0x00, 0xFC] as [UInt8], [1, 5.9604645e-8, -.infinity]),
      ("BF16", [0x80, 0x3F, 0x49, 0x40], [1, 3.140625]),
      ("F64", [0x18, 0x2D, 0x44, 0x54, 0xFB, 0x21, 0x09, 0x40], [3.1415927]),
    ] as [(String, [UInt8], [Float])])
  func conversion(type: String, data: [UInt8], values: [Float]) throws {
    let bytes = Self.file(
      #"{"t":{"dtype":"\#(type)","shape":[\#(values.count)],"data_offsets":[0,\#(data.count)]}}"#,
      data: data)
    #expect(try Safetensors.read(bytes).tensors()["t"]?.values == values)
  }

  @Test("a tensor of whole numbers is listed, and refused only when its weights are asked for")
  func wholeNumbers() throws {
    let file = try Safetensors.read(
      Self.file(
        #"{"steps":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#,
        data: [1, 0, 0, 0, 0, 0, 0, 0]))
    #expect(file.entries.first?.elementType == .int64)
    #expect(
      throws: WeightFileError(
        "tensor 'steps' is I64; weights are read from F32, F16, BF16 or F64")
    ) { try file.tensors() }
  }

  @Test("a double beyond the range of a float is refused")
  func outOfRange() throws {
    let data = (0..<8).map { UInt8(truncatingIfNeeded: (1e300).bitPattern >> (8 * $0)) }
    let file = try Safetensors.read(
      Self.file(#"{"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, data: data))
    #expect(throws: WeightFileError("tensor 'w' holds 1e+300, which is out of the range of F32")) {
      try file.tensors()
    }
  }

  @Test(
    "a refusal names the tensor and the value",
    arguments: [
      (
        #"{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
        "tensor 'w' has a 'shape' with -1"
      ),
      (#"{"w":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}"#, "the unknown dtype 'F33'"),
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "needs 8 bytes"),
      (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, "unknown field 'x'"),
      (#"{"":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "empty name"),
      (#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,9]}}"#, "ends at data byte 9"),
      (#"{"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}} "# + "\n", "byte 10"),
      (#" {"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#, "begins with byte 32"),
      (#"{"w":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\u0077":{}}"#, "duplicate name 'w'"),
    ])
  func refusals(header: String, words: String) {
    let reason = Self.reason(Self.file(header, data: [0, 0, 0, 0]))
    #expect(reason.contains(words), "\(reason)")
  }

  @Test("a file cut anywhere is refused")
  func truncation() {
    let bytes = Safetensors.write(Self.small, metadata: ["k": "v"])
    for count in 0..<bytes.count {
      #expect(Self.reason(Array(bytes[..<count])) != "accepted", "cut to \(count) bytes")
    }
  }

  @Test("any bit flipped never leads out of the file")
  func mutation() throws {
    let bytes = Safetensors.write(Self.small, metadata: ["k": "v"])
    var accepted = 0
    for position in bytes.indices {
      for bit in 0..<8 {
        var mutant = bytes
        mutant[position] ^= 1 << UInt8(bit)
        guard let file = try? Safetensors.read(mutant) else { continue }
        accepted += 1
        #expect(file.entries.allSatisfy { $0.byteRange.upperBound <= mutant.count })
        _ = try? file.tensors()
      }
    }
    // Changed data are still a file; a changed header mostly is not.
    #expect(accepted > 12 * 8 && accepted < bytes.count * 4)
  }
}
