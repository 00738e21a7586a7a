import NeuralNetworks

extension FuzzTarget {
  /// PyTorch's files of both formats, to their tensors.
  ///
  /// An input that is no such file is wrapped as one, so that damage gets past checksums and the
  /// first pickles: the low bit of its first byte takes the older format, the next three say how
  /// many storages a zip file has, which share what lies behind the pickle; two bytes more give the
  /// pickle's length.
  static let pickle = FuzzTarget(
    name: "pickle",
    seeds: [
      "zip": zip(state, storages: [two]),
      "stream": stream(state + keys + two.stored),
      "wrapped-zip": [0b10] + [UInt8](littleEndian: UInt16(state.count)) + state + two,
      "wrapped-stream": [1, 0, 0] + state + keys + two.stored,
      "wrapped-two": [0b100] + [UInt8](littleEndian: UInt16(shared.count)) + shared + two + two,
    ],
    tokens: [
      "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_tensor\n",
      "ctorch._utils\n_rebuild_parameter\n", "ccollections\nOrderedDict\n",
      "ctorch\nFloatStorage\n",
      "ctorch\nDoubleStorage\n", "ctorch\nBFloat16Storage\n", "ctorch\nHalfStorage\n",
      "ctorch\nLongStorage\n", "X\u{7}\0\0\0storage", "X\u{3}\0\0\0cpu", "X\u{1}\0\0\00",
      "X\u{A}\0\0\0state_dict", "num_batches_tracked", "module.", "little_endian", "U\u{1}w",
    ].map { [UInt8](text: $0) } + [
      [0x80, 2], [0x28], [0x29], [0x52], [0x51], [0x81], [0x85], [0x86], [0x87], [0x74], [0x75],
      [0x65], [0x7D], [0x5D], [0x62], [0x88], [0x89], [0x8F], [0x4B, 0], [0x4D, 0, 1],
      [0x4A, 0xFF, 0xFF, 0xFF, 0x7F], [0x8A, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
      [0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 0x40], [0x71, 0], [0x68, 0], [0x72, 0, 0, 0, 0],
      [0x6A, 0, 0, 0, 0], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6],
      [0x50, 0x4B, 6, 6], [0x50, 0x4B, 6, 7], [0x50, 0x4B, 7, 8],
    ],
    // One byte of a pickle makes a tuple of three values of the machine.
    bytesPerByte: 256,
    parse: { bytes in
      let file = wrapped(bytes)
      let tensors = try WeightFile(bytes: file).read()
      let count = tensors.values.reduce(0) { $0 + $1.values.count }
      precondition(count <= 4 * (file.count + 1) / 2, "more elements than sharing allows")
    })

  private static let magic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]
  private static let zipMagic: [UInt8] = [0x50, 0x4B, 3, 4]

  private static func wrapped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > 3, !bytes.starts(with: magic), !bytes.starts(with: zipMagic) else {
      return bytes
    }
    let content = bytes.dropFirst(3)
    if bytes[0] & 1 == 1 { return stream(Array(content)) }
    let pickle = content.prefix(Int(bytes[1]) | Int(bytes[2]) << 8)
    let data = content.dropFirst(pickle.count)
    let count = Int(bytes[0] >> 1 & 7)
    let size = count == 0 ? 0 : data.count / count
    let storages = (0..<count).map { Array(data.dropFirst($0 * size).prefix(size)) }
    return zip(Array(pickle), storages: storages)
  }

  private static func stream(_ rest: [UInt8]) -> [UInt8] {
    magic + [0x80, 2, 0x4D, 0xE9, 3, 0x2E] + [0x80, 2, 0x7D, 0x58, 13, 0, 0, 0]
      + [UInt8](text: "little_endian") + [0x88, 0x73, 0x2E] + rest
  }

  private static let two: [UInt8] = [0, 0, 128, 63, 0, 0, 0, 64]
  private static let keys = [UInt8](text: "\u{2}]X\u{1}\0\0\00a.").protocolTwo

  /// A state dict of one tensor `w` of two floats.
  private static let state = [UInt8](
    text: "\u{2}}q\0" + entry("w", "0") + "s."
  ).protocolTwo

  /// An ordered one of two tensors, the second a parameter of one element, and attributes.
  private static let shared = [UInt8](
    text: "\u{2}ccollections\nOrderedDict\n)R(" + entry("module.a", "0") + text("module.b")
      + "ctorch._utils\n_rebuild_parameter\n(" + tensor("1", "K\u{1}K\u{1}") + "NNtRu}b."
  ).protocolTwo

  private static func text(_ text: String) -> String {
    "X\(Unicode.Scalar(UInt8(text.utf8.count)))\0\0\0\(text)"
  }

  private static func entry(_ name: String, _ key: String) -> String {
    text(name) + tensor(key, "K\0K\u{2}")
  }

  /// A tensor of one extent, of which offset and extent are given, over two floats.
  private static func tensor(_ key: String, _ placeAndExtent: String) -> String {
    let parts = placeAndExtent.unicodeScalars.split(separator: "K").map(String.init)
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n"
      + text(key) + text("cpu") + "K\u{2}tQK\(parts[0])K\(parts[1])\u{1E}"
      + "K\u{1}\u{1E}\u{1F}ccollections\nOrderedDict\n)RtR"
  }
}

extension [UInt8] {
  /// The pickle with the operations that are no ASCII: 80 before it, 85 for 1E, 89 for 1F.
  fileprivate var protocolTwo: [UInt8] {
    [0x80] + map { $0 == 0x1E ? 0x85 : $0 == 0x1F ? 0x89 : $0 }
  }

  /// A storage of floats as the older format has it, its element count before it.
  fileprivate var stored: [UInt8] { [UInt8](littleEndian: Int64(count / 4)) + self }
}

extension FuzzTarget {
  /// A zip file of PyTorch: stored members with right checksums.
  private static func zip(_ pickle: [UInt8], storages: [[UInt8]]) -> [UInt8] {
    var members = [("a/data.pkl", pickle), ("a/version", [UInt8](text: "3\n"))]
    members += storages.enumerated().map { ("a/data/\($0.offset)", $0.element) }
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, data) in members {
      let common =
        [UInt8](repeating: 0, count: 8) + [UInt8](littleEndian: checksum(data))
        + [UInt8](littleEndian: UInt32(data.count)) + [UInt8](littleEndian: UInt32(data.count))
        + [UInt8](littleEndian: UInt16(name.utf8.count)) + [0, 0]
      directory += [0x50, 0x4B, 1, 2, 0, 0, 0, 0] + common + [UInt8](repeating: 0, count: 10)
      directory += [UInt8](littleEndian: UInt32(bytes.count)) + [UInt8](text: name)
      bytes += zipMagic + [0, 0] + common + [UInt8](text: name) + data
    }
    let count = [UInt8](littleEndian: UInt16(members.count))
    let (size, start) = (UInt32(directory.count), UInt32(bytes.count))
    return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + [UInt8](littleEndian: size) + [UInt8](littleEndian: start) + [0, 0]
  }
}
