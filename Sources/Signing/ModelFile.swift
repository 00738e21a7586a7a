package import Records

/// A file of a model: its path below the model's directory, and its digest.
///
/// Names are compared byte by byte: two spellings of one letter are two names.
package struct ModelFile: Sendable, Equatable {
  /// Relative, components joined by `/`.
  package let name: String
  package let digest: Digest

  package init(name: String, digest: Digest) {
    self.name = name
    self.digest = digest
  }

  package static func == (left: ModelFile, right: ModelFile) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8) && left.digest == right.digest
  }

  /// Whether the name stays inside the directory and has one spelling.
  static func isCanonical(_ name: String) -> Bool {
    let components = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !name.utf8.contains(0)
      && components.allSatisfy { component in
        !component.isEmpty && !component.elementsEqual(".".utf8)
          && !component.elementsEqual("..".utf8)
      }
  }

  /// The order in which model signatures list files: by name, by code point.
  static func precedes(_ left: ModelFile, _ right: ModelFile) -> Bool {
    ByteOrder.precedes(left.name, right.name)
  }
}
