import Records

extension Safetensors {
  /// Reads a file, refusing whatever two readers could understand differently.
  ///
  /// Stricter than the reference library: no duplicate names anywhere, no unknown fields, no empty
  /// tensor name, no white space before the header and only spaces after it.
  ///
  /// - Throws: `WeightFileError` naming the tensor and the value that are wrong.
  package static func read(_ bytes: [UInt8]) throws(WeightFileError) -> SafetensorsFile {
    try read(.memory(bytes))
  }

  /// Opens a file, of which only the header is read now.
  ///
  /// - Throws: `WeightFileError` naming what cannot be opened, or the tensor and the value that are
  ///   wrong.
  package static func open(
    _ path: String, sizeLimit: Int = WeightFile.sizeLimit
  ) throws(WeightFileError) -> SafetensorsFile {
    try read(.file(try OpenWeightFile(path, sizeLimit: sizeLimit)))
  }

  static func read(_ bytes: StoredBytes) throws(WeightFileError) -> SafetensorsFile {
    let dataStart = try headerEnd(bytes)
    let members = try header(try bytes.bytes(lengthSize..<dataStart))
    var metadata: [String: String] = [:]
    var entries: [SafetensorsFile.Entry] = []
    for member in members {
      if member.name == metadataName {
        metadata = try self.metadata(member.value)
      } else {
        entries.append(try entry(member, dataStart: dataStart, dataSize: bytes.count - dataStart))
      }
    }
    entries.sort {
      ($0.byteRange.lowerBound, $0.byteRange.upperBound, $0.name)
        < ($1.byteRange.lowerBound, $1.byteRange.upperBound, $1.name)
    }
    try checkCoverage(entries, from: dataStart, to: bytes.count)
    return SafetensorsFile(metadata: metadata, entries: entries, bytes: bytes)
  }

  /// Where the header ends and the data begin, in bytes from the beginning of the file.
  private static func headerEnd(_ bytes: StoredBytes) throws(WeightFileError) -> Int {
    guard bytes.count >= lengthSize else {
      throw WeightFileError(
        "the file has \(bytes.count) bytes; a safetensors file begins with a length of 8 bytes")
    }
    var length: UInt64 = 0
    for (index, byte) in try bytes.prefix(lengthSize).enumerated() {
      length |= UInt64(byte) << (8 * UInt64(index))
    }
    guard length <= UInt64(headerLimit) else {
      throw WeightFileError(
        "the header is \(length) bytes long; at most \(headerLimit) are accepted")
    }
    guard Int(length) <= bytes.count - lengthSize else {
      throw WeightFileError(
        "the header is \(length) bytes long, but only \(bytes.count - lengthSize) bytes follow")
    }
    return lengthSize + Int(length)
  }

  private static func header(_ bytes: [UInt8]) throws(WeightFileError) -> [JSONValue.Member] {
    guard bytes.first == UInt8(ascii: "{") else {
      throw WeightFileError(
        "the header begins with \(bytes.first.map { "byte \($0)" } ?? "nothing") instead of '{'")
    }
    let content = bytes.lastIndex { $0 != UInt8(ascii: " ") } ?? 0
    guard bytes[content] == UInt8(ascii: "}") else {
      throw WeightFileError(
        "the header ends with byte \(bytes[content]) instead of '}' and spaces")
    }
    do {
      guard case .object(let members) = try JSONParser.parse(bytes, sizeLimit: headerLimit) else {
        throw WeightFileError("the header is not a JSON object")
      }
      return members
    } catch let error as JSONError {
      throw WeightFileError("the header is not strict JSON: \(error)")
    } catch let error as WeightFileError {
      throw error
    } catch {
      throw WeightFileError("the header is not strict JSON: \(error)")
    }
  }

  private static func metadata(_ value: JSONValue) throws(WeightFileError) -> [String: String] {
    guard let members = value.object else {
      throw WeightFileError("'\(metadataName)' is not an object of texts")
    }
    var metadata: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else {
        throw WeightFileError("'\(metadataName)' has a '\(member.name)' that is not a text")
      }
      metadata[member.name] = text
    }
    return metadata
  }

  /// Checks that the tensors, in order, cover the data without a hole, an overlap or a rest.
  private static func checkCoverage(
    _ entries: [SafetensorsFile.Entry], from start: Int, to end: Int
  ) throws(WeightFileError) {
    var covered = start
    for entry in entries {
      guard entry.byteRange.lowerBound == covered else {
        throw WeightFileError(
          "tensor '\(entry.name)' begins at data byte \(entry.byteRange.lowerBound - start) where "
            + "\(covered - start) was expected; tensors must follow one another without a hole or "
            + "an overlap")
      }
      covered = entry.byteRange.upperBound
    }
    guard covered == end else {
      throw WeightFileError(
        "\(end - covered) bytes after the last tensor belong to none; the tensors end at data byte "
          + "\(covered - start)")
    }
  }
}
