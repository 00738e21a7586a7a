import Records

extension Safetensors {
  /// Writes the one canonical file of these tensors: F32, sorted by name, header padded to 8 bytes.
  ///
  /// The same tensors and metadata give the same bytes, whatever the order they come in. Names must
  /// be distinct, not empty, and not `__metadata__`.
  package static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]
  ) -> [UInt8] {
    let sorted = tensors.sorted { ByteOrder.precedes($0.name, $1.name) }
    var bytes = header(of: sorted.map { ($0.name, $0.tensor.shape) }, metadata: metadata)
    bytes.reserveCapacity(bytes.count + 4 * sorted.reduce(0) { $0 + $1.tensor.values.count })
    for (_, tensor) in sorted {
      let words = tensor.values.map { $0.bitPattern.littleEndian }
      unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// What stands before the elements of a canonical file: the length and the header, padded to 8 bytes.
  ///
  /// The names are distinct, sorted, not empty, and not `__metadata__`, or the caller is broken.
  static func header(
    of tensors: [(name: String, shape: [Int])], metadata: [String: String]
  ) -> [UInt8] {
    precondition(
      tensors.allSatisfy { !$0.name.isEmpty && $0.name != metadataName },
      "a tensor has no name, or the name of the metadata")
    precondition(
      Set(tensors.map(\.name)).count == tensors.count,
      "two tensors have one name")
    var header = Array(text(tensors, metadata: metadata).utf8)
    while !header.count.isMultiple(of: lengthSize) { header.append(UInt8(ascii: " ")) }
    precondition(header.count <= headerLimit, "the header of \(tensors.count) tensors is too long")
    var bytes: [UInt8] = []
    append(UInt64(header.count), to: &bytes)
    return bytes + header
  }

  private static func append(_ word: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: word.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  private static func text(
    _ tensors: [(name: String, shape: [Int])], metadata: [String: String]
  ) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { ByteOrder.precedes($0.key, $1.key) }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\(quoted(metadataName)):{\(texts.joined(separator: ","))}")
    }
    var begin = 0
    for (name, extents) in tensors {
      let end = begin + 4 * Tensor.elementCount(extents)
      let shape = extents.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
      )
      begin = end
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// A JSON string (RFC 8259, section 7): only what must be escaped is.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
