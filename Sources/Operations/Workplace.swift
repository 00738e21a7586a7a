import FoundationEssentials

/// Where and how the verbs work: a registry, its reports, and what they need of the outside world.
package struct Workplace {
  /// The registry's folder.
  package let registryPath: String
  /// Worker threads; results do not depend on it.
  package let threads: Int
  /// The time now, RFC 3339 in UTC with whole seconds.
  package let now: () -> String
  /// The time since any fixed moment.
  package let clock: () -> Duration
  /// Told how far long work is; throwing from it stops the work.
  package let progress: (Progress) throws -> Void
  /// Told what a person should know though nothing failed.
  package let notice: (String) -> Void
  /// The folder in which the last checkpoint of each registry is remembered; nil remembers nothing.
  package let memoryPath: String?
  /// Why there is no such folder, where nobody chose that there be none.
  package let memoryLack: String?
  /// How long a command waits for others that write.
  package let patience: Duration

  package init(
    registryPath: String, threads: Int, memoryPath: String? = nil,
    memoryLack: String? = nil, patience: Duration = .seconds(60),
    now: @escaping () -> String = Moment.now,
    clock: @escaping () -> Duration = Moment.sinceLoading,
    progress: @escaping (Progress) throws -> Void = { _ in },
    notice: @escaping (String) -> Void = { _ in }
  ) {
    self.registryPath = registryPath
    self.threads = threads
    self.now = now
    self.clock = clock
    self.progress = progress
    self.notice = notice
    self.memoryPath = memoryPath
    self.memoryLack = memoryLack
    self.patience = patience
  }

  /// The folder of reports, beside the registry: `Reports` of one that is called `Registry`, else one of
  /// its own, such as `prod-Reports`, as requests of two registries may have one id.
  package var reportsPath: String {
    var path = registryPath[...]
    while path.count > 1, path.hasSuffix("/") || path.hasSuffix("/.") { path.removeLast() }
    if [".", ".."].contains(path) || path.hasSuffix("/..") {
      // Its name and the folder it lies in are not in the path.
      let names = (try? OutputPath.real(Self.absolute(registryPath))) ?? []
      path = "/\(names.joined(separator: "/"))"
    }
    let name = path.split(separator: "/").last ?? ""
    return "\(Self.folder(of: String(path)))/"
      + (name == "Registry" ? "Reports" : "\(name)-Reports")
  }

  /// A path from the root, so that it means the same from every folder.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// The folder something lies in, `.` for a bare name.
  static func folder(of path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "" : String(path[..<slash])
  }
}
