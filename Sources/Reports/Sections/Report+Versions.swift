import Records

extension Report {
  /// Which version was made from which, under which names, and where the aliases point.
  var versionsSection: Section {
    var blocks: [Block] = []
    if !context.lineage.isEmpty {
      blocks.append(
        .paragraph("Lineage: \(strong: context.lineage.map(\.name).joined(separator: " → "))"))
      if context.lineage.contains(where: { $0.note != nil || $0.exposure != nil }) {
        blocks.append(.table(lineageTable))
      }
    }
    blocks.append(.table(digestTable))
    blocks.append(.paragraph(exposure))
    blocks.append(.heading("Aliases"))
    blocks.append(
      context.aliases.isEmpty
        ? .paragraph("No alias was concerned.") : .list(context.aliases.map(aliasLine)))
    return Section(id: "versions", title: "Versions and lineage", blocks: blocks)
  }

  private var lineageTable: Table {
    Table(
      "Lineage",
      columns: [.init("Version"), .init("How it came about"), .init("Holds the person")],
      rows: context.lineage.map { step in
        [
          "\(strong: step.name)", step.note.map { Phrase($0) } ?? .missing,
          step.exposure.map { Phrase($0.rawValue) } ?? .missing,
        ]
      })
  }

  private var digestTable: Table {
    let (old, new) = (certificate.parent, certificate.version)
    return Table(
      "Digests of both versions",
      columns: [.init("SHA-256 of"), .init("Before: \(old.name)"), .init("After: \(new.name)")],
      rows: [
        ["OCI manifest", .digest(old.digest), .digest(new.digest)],
        ["model signature root", .digest(old.modelRoot), .digest(new.modelRoot)],
        ["weights", .digest(old.weights), .digest(new.weights)],
        ["configuration", .digest(old.configuration), .digest(new.configuration)],
      ])
  }

  private var exposure: Phrase {
    let (before, after) = (certificate.provenance.original, certificate.provenance.candidate)
    return """
      Of the person, the old version's extractor is \(strong: before.extractor.rawValue) and its \
      classifier \(strong: before.classifier.rawValue). By lineage alone, before this certificate, \
      the new version's extractor is \(strong: after.extractor.rawValue) and its classifier \
      \(strong: after.classifier.rawValue).
      """
  }

  private func aliasLine(_ alias: AliasOutcome) -> Phrase {
    let reason = Wording.clause(alias.reason)
    let (from, to) = (alias.from ?? "nothing", alias.to ?? "nothing")
    return alias.isMoved
      ? "\(code: alias.name) moved from \(from) to \(strong: to): \(reason)."
      : "\(code: alias.name) was not moved and points to \(strong: to): \(reason)."
  }
}
