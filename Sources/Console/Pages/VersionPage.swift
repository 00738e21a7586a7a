import Operations
import Records

/// A version as people read it.
enum VersionPage {
  /// What a command that made a version says of it.
  static func text(_ version: VersionSummary) -> String { list(version).text }

  /// What lists of versions show, and how much they leave out.
  static func table(_ list: VersionList) -> String {
    let versions = list.versions
    guard !versions.isEmpty else { return "no version yet" }
    // Whom the columns do not name is counted in one of their own.
    let counts = list.olderRequests > 0
    let requests = Set(versions.flatMap(\.exposures.keys)).sorted()
    var table = Table(
      [
        .words("version"), .words("parent"), .words("method"), .numbers("trained on"),
        .words("aliases"), .words("verdict"),
      ] + (counts ? [.words("holds")] : []) + requests.map { .words($0) })
    for version in versions {
      table.add(
        [
          version.name.shortVersion, version.parent?.shortVersion ?? "", version.method,
          records(of: version) ?? "",
          version.aliases.joined(separator: ", "), version.verdict?.rawValue ?? "",
        ] + (counts ? [holds(version)] : [])
          + requests.map { version.exposures[$0]?.rawValue ?? "" })
    }
    return table.text + leftOut(list)
  }

  /// Of how many people with a request a version holds something.
  private static func holds(_ version: VersionSummary) -> String {
    [
      version.exposedRequests == 0 ? nil : "\(version.exposedRequests) exposed",
      version.mitigatedRequests == 0 ? nil : "\(version.mitigatedRequests) mitigated",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  private static func leftOut(_ list: VersionList) -> String {
    let counts = [
      list.olderVersions == 0 ? nil : "\(list.olderVersions) older versions",
      list.olderRequests == 0 ? nil : "\(list.olderRequests) older requests",
    ].compactMap { $0 }
    return counts.isEmpty ? "" : "and \(counts.joined(separator: ", and ")); --all shows them\n"
  }

  /// A chain from the first version, a step further in with every descendant.
  static func chain(_ versions: [VersionSummary]) -> String {
    versions.enumerated().map { depth, version in
      let aliases = version.aliases.isEmpty ? "" : " [\(version.aliases.joined(separator: ", "))]"
      let facts = [
        version.method, records(of: version).map { "\($0) records" },
        version.origin == .parent || depth == 0
          ? nil : "no weights of \(version.parent?.shortVersion ?? "others")",
        version.verdict?.rawValue, version.request.map { "for \($0)" },
      ].compactMap { $0 }
      let lead = String(repeating: "   ", count: max(depth - 1, 0)) + (depth == 0 ? "" : "└─ ")
      return "\(lead)\(version.name.shortVersion)\(aliases)  \(facts.joined(separator: ", "))\n"
    }.joined()
  }

  static func list(_ version: VersionSummary) -> KeyValueList {
    var list = KeyValueList()
    list.add("version", version.name)
    list.add("digest", version.digest.description)
    list.add("parent", version.parent)
    list.add("weights from", origin(of: version))
    list.add("method", version.method)
    list.add("trained on", records(of: version).map { "\($0) records" })
    list.add("made", version.createdAt)
    if !version.aliases.isEmpty {
      list.add("aliases", version.aliases.joined(separator: ", "))
    }
    list.add("request", version.request)
    list.add("verdict", version.verdict?.rawValue)
    for (request, exposure) in version.exposures.sorted(by: { $0.key < $1.key }) {
      list.add("exposure to \(request)", exposure.rawValue)
    }
    if version.otherRequests > 0 {
      list.add(
        "all requests",
        "exposed to \(version.exposedRequests), mitigated for \(version.mitigatedRequests); "
          + "\(version.otherRequests) are not listed, 'show \(version.name) --all' lists them")
    }
    return list
  }

  private static func origin(of version: VersionSummary) -> String {
    switch version.origin {
    case .scratch: "seeded initialisation"
    case .parent: version.parent ?? "the parent"
    case .imported: "a file from outside"
    }
  }

  /// How many records the step itself was trained on; nil for a step without training.
  private static func records(of version: VersionSummary) -> String? {
    guard let extractor = version.extractorRecords, let classifier = version.classifierRecords
    else { return "unknown" }
    if extractor == classifier { return extractor == 0 ? nil : String(extractor) }
    return "\(extractor) (extractor), \(classifier) (classifier)"
  }
}
