/// Where and how the verbs work: a registry, its reports, and what they need of the outside world.
package struct Workplace {
  /// The registry's folder.
  package let registryPath: String
  /// Worker threads; results do not depend on it.
  package let threads: Int
  /// The time now, RFC 3339 in UTC with whole seconds.
  package let now: () -> String
  /// Told how far long work is; throwing from it stops the work.
  package let progress: (Progress) throws -> Void
  /// Told what a person should know though nothing failed.
  package let notice: (String) -> Void

  package init(
    registryPath: String, threads: Int, now: @escaping () -> String = Moment.now,
    progress: @escaping (Progress) throws -> Void = { _ in },
    notice: @escaping (String) -> Void = { _ in }
  ) {
    self.registryPath = registryPath
    self.threads = threads
    self.now = now
    self.progress = progress
    self.notice = notice
  }

  /// The folder of reports: `Reports`, beside the registry.
  package var reportsPath: String {
    let folder = registryPath.split(separator: "/").dropLast().joined(separator: "/")
    let root = registryPath.hasPrefix("/") ? "/" : ""
    return folder.isEmpty ? root + "Reports" : root + folder + "/Reports"
  }
}
