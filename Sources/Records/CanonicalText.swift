import FoundationEssentials

/// The canonical text of a record: JSON, sorted keys, UTF-8, no white space, integers only.
package enum CanonicalText {
  /// The bytes that stand for the value, in storage and under signatures.
  package static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("a record that has no canonical text: \(error)")
    }
  }

  /// Reads a record back, after the strict parser has accepted the text.
  ///
  /// - Throws: `CanonicalTextError` naming what was read and why it does not fit.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], what: String
  ) throws(CanonicalTextError) -> Value {
    do {
      _ = try JSONParser.parse(bytes)
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as JSONError {
      throw CanonicalTextError(what: what, reason: error.description)
    } catch let error as DecodingError {
      throw CanonicalTextError(what: what, reason: Self.reason(error))
    } catch {
      throw CanonicalTextError(what: what, reason: "\(error)")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "\(path(context))\(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "" : "'\(path)': "
  }
}

/// A text that is not the record it should be.
package struct CanonicalTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of what was read, such as a file.
  package let what: String
  package let reason: String

  package init(what: String, reason: String) {
    self.what = what
    self.reason = reason
  }

  package var description: String { "\(what) is not what it should be: \(reason)" }
}
