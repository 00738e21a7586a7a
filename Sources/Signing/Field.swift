import Records

/// A value in a JSON document together with its path, so that every refusal names its place.
struct Field {
  let value: JSONValue
  let path: String

  /// The top of a document, parsed strictly.
  ///
  /// - Throws: `SigningError.document(.tooLarge)` or `.notJSON`.
  static func document(
    _ bytes: [UInt8], what: String, sizeLimit: Int = DSSEEnvelope.sizeLimit
  ) throws(SigningError) -> Field {
    guard bytes.count <= sizeLimit else {
      throw .document(.tooLarge(what: what, limit: sizeLimit))
    }
    do {
      return Field(value: try JSONParser.parse(bytes, sizeLimit: sizeLimit), path: what)
    } catch {
      throw .document(.notJSON(what: what, error))
    }
  }

  /// Checks that this is an object with no names but those, all spelled exactly.
  func only(_ names: Set<String>) throws(SigningError) {
    for member in try members() where !names.contains(member.name) {
      throw .document(.unexpected(at: "\(path).\(member.name)"))
    }
  }

  func members() throws(SigningError) -> [JSONValue.Member] {
    guard let members = value.object else {
      throw .document(.notOfType(at: path, expected: "an object"))
    }
    return members
  }

  func optional(_ name: String) throws(SigningError) -> Field? {
    _ = try members()
    return value[name].map { Field(value: $0, path: "\(path).\(name)") }
  }

  func required(_ name: String) throws(SigningError) -> Field {
    guard let field = try optional(name) else {
      throw .document(.missing(at: "\(path).\(name)"))
    }
    return field
  }

  func string() throws(SigningError) -> String {
    guard let text = value.string else {
      throw .document(.notOfType(at: path, expected: "a string"))
    }
    return text
  }

  func elements() throws(SigningError) -> [Field] {
    guard let elements = value.array else {
      throw .document(.notOfType(at: path, expected: "an array"))
    }
    return elements.enumerated().map { Field(value: $1, path: "\(path)[\($0)]") }
  }

  func bytes() throws(SigningError) -> [UInt8] {
    let text = try string()
    do { return try Base64.decode(text) } catch { throw .document(.notBase64(at: path, error)) }
  }

  func digest() throws(SigningError) -> Digest {
    guard let digest = Digest(hex: try string()) else { throw .document(.notDigest(at: path)) }
    return digest
  }

  /// Checks a string that can only be one thing.
  func mustBe(_ expected: String) throws(SigningError) {
    let found = try string()
    guard found.utf8.elementsEqual(expected.utf8) else {
      throw .document(.wrongValue(at: path, expected: expected, found: found))
    }
  }
}
