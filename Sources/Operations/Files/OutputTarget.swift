import FoundationEssentials
import Glibc

/// The folder that a command is to hand something out to, links followed.
struct OutputTarget {
  /// As the user said it.
  let said: String
  /// The folder it lies in, or will.
  let parent: String
  /// Its name there; empty for the root.
  let own: String
  let isThere: Bool
  /// Whether it cannot be replaced: it is the folder that the command works in, or another file system
  /// begins there.
  let isFixed: Bool

  var path: String { parent == "/" ? "/\(own)" : "\(parent)/\(own)" }

  /// - Throws: `Failure` for a path with more links than the system follows.
  init(_ said: String) throws {
    guard !said.isEmpty else { throw Failure("'' is no folder", hint: "name one") }
    let names = try OutputPath.real(Workplace.absolute(said))
    self.said = said
    own = names.last ?? ""
    let parent = "/" + names.dropLast().joined(separator: "/")
    self.parent = parent
    let identity = OutputPath.identity(of: "/" + names.joined(separator: "/"))
    isThere = identity != nil
    isFixed = identity.map { Self.isFixed($0, names, in: parent) } ?? false
  }

  private static func isFixed(
    _ identity: OutputPath.Identity, _ names: [String], in parent: String
  ) -> Bool {
    names.isEmpty || identity == OutputPath.identity(of: ".")
      || identity.device != OutputPath.identity(of: parent)?.device
  }

  /// - Throws: `Failure` where something is there that is no folder, or not empty.
  func checkEmpty(but drafts: [String]) throws {
    guard OutputPath.identity(of: path) != nil else { return }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), names == drafts
    else {
      throw Failure("'\(said)' is not an empty folder", hint: "name one that is not there yet")
    }
  }
}
