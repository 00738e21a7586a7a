import FoundationEssentials
import Glibc

/// A folder that gets all of what a command hands out, or nothing.
enum EmptyFolder {
  /// Lets something be written for a folder that is empty or not there; it gets there when all of it is
  /// on the disk, and when it fails the folder is as it was before.
  ///
  /// It is written into a draft beside the folder, which then takes the folder's place. A folder that
  /// stays where it is, such as the one that the command was started in, gets it name by name out of a
  /// draft in itself.
  ///
  /// - Throws: `Failure` for any other folder; what the body throws, which is told where to write.
  static func fill(_ folder: String, _ body: (_ draft: String) throws -> Void) throws {
    let target = try OutputTarget(folder)
    try makeFolder(above: target)
    if target.isThere { DraftFolder.sweep(target.own, in: target.path) }
    try target.checkEmpty(but: [])
    if !target.isFixed, try write(target, isInside: false, body) { return }
    _ = try write(target, isInside: true, body)
  }

  private static func makeFolder(above target: OutputTarget) throws {
    do throws(SystemRefusal) {
      try OutputPath.makeFolder(target.parent)
    } catch {
      throw Failure("make folder", target.said, error)
    }
  }

  /// - Returns: false where a folder is there that no draft beside it can be put in place of.
  private static func write(
    _ target: OutputTarget, isInside: Bool, _ body: (String) throws -> Void
  ) throws -> Bool {
    let draft: DraftFolder
    do throws(SystemRefusal) {
      draft = try DraftFolder(for: target.own, in: isInside ? target.path : target.parent)
    } catch {
      if !isInside, target.isThere { return false }
      throw Failure("make folder", target.said, error)
    }
    do {
      try body(draft.path)
      if try handOver(draft, to: target, isInside: isInside) { return true }
    } catch {
      draft.remove()
      throw naming(target.said, insteadOf: draft.path, error)
    }
    draft.remove()
    return false
  }

  private static func handOver(
    _ draft: DraftFolder, to target: OutputTarget, isInside: Bool
  ) throws -> Bool {
    do throws(SystemRefusal) {
      try draft.sync()
      if !isInside { return try draft.takePlace(of: target.own) }
    } catch {
      // Something came there meanwhile.
      if [ENOTEMPTY, EEXIST, ENOTDIR].contains(error.code) { try target.checkEmpty(but: []) }
      throw Failure("write", target.said, error)
    }
    try target.checkEmpty(but: [draft.name])
    do throws(SystemRefusal) {
      try draft.pourOut()
    } catch {
      throw Failure("write", target.said, error)
    }
    return true
  }

  /// An error that names the folder as it was said, as its draft is gone when that is read.
  private static func naming(
    _ folder: String, insteadOf draft: String, _ error: any Error
  ) -> any Error {
    guard let failure = Failure.explaining(error), failure.message.contains(draft) else {
      return error
    }
    return Failure(
      failure.message.replacing(draft, with: folder), kind: failure.kind, hint: failure.hint)
  }
}
