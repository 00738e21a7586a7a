import FoundationEssentials

/// Test data outside of the project, in a folder `shared` beside it or above; often absent.
enum SharedFiles {
  /// The path of a file there, nil where it is absent.
  static func path(_ name: String) -> String? {
    var path = #filePath.split(separator: "/")
    while !path.isEmpty {
      path.removeLast()
      let candidate = "/" + (path + ["shared"]).joined(separator: "/") + "/" + name
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
    }
    return nil
  }

  /// The bytes of a file there, none where it is absent.
  static func bytes(_ name: String) throws -> [UInt8] {
    guard let path = path(name) else { return [] }
    return Array(try Data(contentsOf: URL(filePath: path)))
  }
}
