/// The name of a model, dataset, architecture, method or alias.
package struct Name: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package var description: String { text }

  /// Takes letters, digits, `.`, `_` and `-`, at most 64, the first a letter or digit; else nil.
  package init?(_ text: String) {
    guard isPlainName(text) else { return nil }
    self.text = text
  }
}

/// The id of a deletion request, such as `DSR-2026-001`; it also names a folder of reports.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package var description: String { text }

  /// Takes what `Name` takes.
  package init?(_ text: String) {
    guard isPlainName(text) else { return nil }
    self.text = text
  }
}

/// A version as people name it: by number, `v3`, or by an alias, `production`.
///
/// Where a registry has several models the model stands before it, as in `speakers@v3`.
package enum VersionReference: Hashable, Sendable, CustomStringConvertible {
  case number(Int)
  case alias(Name)
  /// A number or an alias, as written, of one model.
  case ofModel(Name, String)

  /// Reads `v1`, `v2`, …; any other name is an alias.
  package init?(_ text: String) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count == 2 {
      let version = String(halves[1])
      guard let model = Name(String(halves[0])), !version.contains("@"),
        VersionReference(version) != nil
      else { return nil }
      self = .ofModel(model, version)
      return
    }
    let digits = text.dropFirst()
    let isNumbered =
      text.hasPrefix("v") && !digits.isEmpty
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isNumbered {
      guard let number = Int(digits), number > 0, digits == String(number) else { return nil }
      self = .number(number)
    } else {
      guard let name = Name(text) else { return nil }
      self = .alias(name)
    }
  }

  package var description: String {
    switch self {
    case .number(let number): "v\(number)"
    case .alias(let name): name.text
    case .ofModel(let model, let version): "\(model)@\(version)"
    }
  }
}

/// Names become file names and stand in logs, so they are kept to what is safe in both.
private func isPlainName(_ text: String) -> Bool {
  func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
  guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64 else {
    return false
  }
  return text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
}
