import Records

/// One tensor's member of the header: `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`.
extension Safetensors {
  private static let fields = ["dtype", "shape", "data_offsets"]

  static func entry(
    _ member: JSONValue.Member, dataStart: Int, dataSize: Int
  ) throws(WeightFileError) -> SafetensorsFile.Entry {
    let name = member.name
    guard !name.isEmpty else { throw WeightFileError("a tensor has the empty name") }
    guard let given = member.value.object else {
      throw WeightFileError("tensor '\(name)' is not described by an object")
    }
    if let unknown = given.first(where: { !fields.contains($0.name) }) {
      throw WeightFileError(
        "tensor '\(name)' has an unknown field '\(unknown.name)'; the fields are "
          + fields.joined(separator: ", "))
    }
    let type = try elementType(member)
    let shape = try integers(member, "shape")
    let range = try dataRange(member, dataSize: dataSize)
    let size = try byteCount(name, type, shape)
    guard size == range.count else {
      throw WeightFileError(
        "tensor '\(name)' of shape \(shape) and type \(type.rawValue) needs \(size) bytes; its "
          + "offsets \(range.lowerBound) and \(range.upperBound) hold \(range.count)")
    }
    return SafetensorsFile.Entry(
      name: name, elementType: type, shape: shape,
      byteRange: dataStart + range.lowerBound..<dataStart + range.upperBound)
  }

  private static func elementType(
    _ member: JSONValue.Member
  ) throws(WeightFileError) -> ElementType {
    guard let text = member.value["dtype"]?.string else {
      throw WeightFileError("tensor '\(member.name)' has no 'dtype' that is a text")
    }
    guard let type = ElementType(rawValue: text) else {
      let known = ElementType.allCases.map(\.rawValue).joined(separator: " ")
      throw WeightFileError(
        "tensor '\(member.name)' has the unknown dtype '\(text)'; known are \(known)")
    }
    return type
  }

  /// A list of whole numbers that are not negative.
  private static func integers(
    _ member: JSONValue.Member, _ field: String
  ) throws(WeightFileError) -> [Int] {
    guard let list = member.value[field]?.array else {
      throw WeightFileError("tensor '\(member.name)' has no '\(field)' that is a list")
    }
    var integers: [Int] = []
    for value in list {
      guard let integer = value.integer, integer >= 0 else {
        throw WeightFileError(
          "tensor '\(member.name)' has a '\(field)' with \(spelling(value)); whole numbers from 0 "
            + "are accepted")
      }
      integers.append(integer)
    }
    return integers
  }

  private static func spelling(_ value: JSONValue) -> String {
    switch value {
    case .number(let text): text
    case .string(let text): "'\(text)'"
    case .bool(let value): "\(value)"
    case .null: "null"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The data offsets, in bytes from the beginning of the data.
  private static func dataRange(
    _ member: JSONValue.Member, dataSize: Int
  ) throws(WeightFileError) -> Range<Int> {
    let offsets = try integers(member, "data_offsets")
    guard offsets.count == 2 else {
      throw WeightFileError(
        "tensor '\(member.name)' has \(offsets.count) data offsets instead of a begin and an end")
    }
    guard offsets[0] <= offsets[1] else {
      throw WeightFileError(
        "tensor '\(member.name)' ends at data byte \(offsets[1]), before it begins at \(offsets[0])"
      )
    }
    guard offsets[1] <= dataSize else {
      throw WeightFileError(
        "tensor '\(member.name)' ends at data byte \(offsets[1]), but the file holds \(dataSize)")
    }
    return offsets[0]..<offsets[1]
  }

  private static func byteCount(
    _ name: String, _ type: ElementType, _ shape: [Int]
  ) throws(WeightFileError) -> Int {
    var bits = type.bitCount
    for extent in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw WeightFileError(
          "tensor '\(name)' of shape \(shape) and type \(type.rawValue) is larger than any memory")
      }
      bits = product
    }
    guard bits.isMultiple(of: 8) else {
      throw WeightFileError(
        "tensor '\(name)' of shape \(shape) and type \(type.rawValue) ends within a byte")
    }
    return bits / 8
  }
}
