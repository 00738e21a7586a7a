/// What may be the name of a model, an alias, a request or a file of the registry.
///
/// Every name that reaches a path or the OCI index passes here first, so that none of them can
/// leave its folder or be read in two ways.
package enum RegistryName {
  /// Checks `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`.
  static func check(_ value: String, for what: String) throws(RegistryError) {
    guard isPlain(value, limit: 64) else {
      throw .invalidName(
        what: what, value: value,
        rule: "use up to 64 letters, digits, '.', '_', '-', beginning with a letter or digit")
    }
  }

  /// Checks the name of a model, which must also stand in an OCI reference `model@v3`.
  static func checkModel(_ value: String) throws(RegistryError) {
    try check(value, for: "a model")
    guard hasSingleInnerSeparators(value) else {
      throw .invalidName(
        what: "a model", value: value, rule: "put letters or digits around every '.', '_', '-'")
    }
  }

  /// Checks the name of an alias, which must not look like a version or a digest.
  package static func checkAlias(_ value: String) throws(RegistryError) {
    try check(value, for: "an alias")
    guard versionNumber(value) == nil, digestPrefix(value) == nil else {
      throw .invalidName(
        what: "an alias", value: value, rule: "it would be read as a version or a digest")
    }
  }

  /// Checks the name of a file below `attestations/<digest>/`.
  static func checkFile(_ value: String) throws(RegistryError) {
    guard isPlain(value, limit: 128) else {
      throw .invalidName(
        what: "an attestation file", value: value,
        rule: "use up to 128 letters, digits, '.', '_', '-', beginning with a letter or digit")
    }
  }

  /// The number of `v12`, written canonically.
  static func versionNumber(_ text: String) -> Int? {
    guard text.hasPrefix("v"), let number = Int(text.dropFirst()), number > 0,
      text == "v\(number)"
    else { return nil }
    return number
  }

  /// Eight or more hexadecimal digits, with or without `sha256:`.
  static func digestPrefix(_ text: String) -> String? {
    let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
    guard (8...64).contains(digits.utf8.count), digits.utf8.allSatisfy(isHexadecimal) else {
      return nil
    }
    return digits
  }

  private static func isPlain(_ value: String, limit: Int) -> Bool {
    guard let first = value.utf8.first, isAlphanumeric(first), value.utf8.count <= limit else {
      return false
    }
    return value.utf8.allSatisfy { isAlphanumeric($0) || isSeparator($0) }
  }

  private static func hasSingleInnerSeparators(_ value: String) -> Bool {
    guard let last = value.utf8.last, isAlphanumeric(last) else { return false }
    return zip(value.utf8, value.utf8.dropFirst())
      .allSatisfy { !(isSeparator($0) && isSeparator($1)) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
