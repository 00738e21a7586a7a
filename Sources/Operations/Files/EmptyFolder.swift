import FoundationEssentials

/// A folder that gets all of what a command hands out, or nothing.
enum EmptyFolder {
  /// Lets something be written into a folder that is empty or not there; when it fails the folder is as it
  /// was before.
  ///
  /// - Throws: `Failure` for any other folder; what the body throws.
  static func fill(_ folder: String, _ body: () throws -> Void) throws {
    let isMade = try make(folder)
    do {
      try body()
    } catch {
      empty(folder, isMade: isMade)
      throw error
    }
  }

  /// - Returns: whether the folder had to be made.
  private static func make(_ folder: String) throws -> Bool {
    let files = FileManager.default
    if files.fileExists(atPath: folder) {
      guard let names = try? files.contentsOfDirectory(atPath: folder), names.isEmpty else {
        throw Failure("'\(folder)' is not an empty folder", hint: "name one that is not there yet")
      }
      return false
    }
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make folder '\(folder)'")
    }
    return true
  }

  /// Takes away what was written; that it cannot be is no more than what is said already.
  private static func empty(_ folder: String, isMade: Bool) {
    let files = FileManager.default
    if isMade {
      try? files.removeItem(atPath: folder)
    } else {
      for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
        try? files.removeItem(atPath: "\(folder)/\(name)")
      }
    }
  }
}
