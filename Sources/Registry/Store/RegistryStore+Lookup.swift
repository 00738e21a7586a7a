package import Records

extension RegistryStore {
  /// The version a person means by `v3`, `speakers@v3`, an alias, `speakers@production`, or the
  /// first eight or more digits of a digest.
  ///
  /// - Throws: `RegistryError.unknown` with every name there is, `.ambiguous` when several fit.
  package func version(named name: String) throws(RegistryError) -> VersionEntry {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (model, rest) =
      parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, name)
    if let model, !state.models.contains(model) {
      throw .unknown(
        what: "model", name: model, known: state.models,
        nearest: Spelling.nearest(to: model, among: state.models))
    }
    let found = ordinals(model: model, rest)
    guard let ordinal = found.first else {
      let versions = state.versions.filter { model == nil || $0.model == model }
      let aliases = state.aliases.keys.sorted().map(\.alias)
      let known = versions.map(\.name) + aliases
      throw .unknown(
        what: "version", name: name, known: known,
        nearest: Spelling.nearest(to: name, among: known + versions.map(\.shortName)))
    }
    guard found.count == 1 else {
      throw .ambiguous(name: name, candidates: found.map { state.versions[$0].name })
    }
    return state.entry(ordinal)
  }

  private func ordinals(model: String?, _ name: String) -> [Int] {
    if let number = RegistryName.versionNumber(name) {
      return (model.map { [$0] } ?? state.models).map { state.versions(of: $0) }
        .filter { $0.indices.contains(number - 1) }.map { $0[number - 1] }.sorted()
    }
    if let prefix = RegistryName.digestPrefix(name) {
      return state.versions.indices.filter {
        state.versions[$0].digest.hex.hasPrefix(prefix)
          && (model == nil || state.versions[$0].model == model)
      }
    }
    return state.aliases.filter { $0.key.alias == name && (model == nil || $0.key.model == model) }
      .sorted { $0.key < $1.key }.map(\.value.version)
  }

  /// The version with this digest.
  package func version(_ digest: Digest) throws(RegistryError) -> VersionEntry {
    guard let ordinal = state.ordinal(of: digest) else {
      throw .unknown(
        what: "version", name: digest.short, known: state.versions.map(\.name), nearest: nil)
    }
    return state.entry(ordinal)
  }

  /// Every version, in the order of the log.
  package func versions() -> [VersionEntry] { state.versions.indices.map { state.entry($0) } }

  /// The version and its ancestors, itself first.
  package func ancestry(of version: VersionEntry) -> [VersionEntry] {
    state.ancestry(of: version.ordinal).map { state.entry($0) }
  }

  /// The names of the aliases that stand at a version, sorted.
  package func aliases(at version: VersionEntry) -> [String] {
    state.aliases.filter { $0.value.version == version.ordinal }.keys.sorted().map(\.alias)
  }

  /// The version an alias stands at; nil when there is no such alias.
  package func alias(_ name: String, of model: String) -> VersionEntry? {
    state.aliases[AliasName(model: model, alias: name)].map { state.entry($0.version) }
  }

  /// The model a first version belongs to: the one named at `init`.
  package var defaultModel: String { state.models.first ?? "model" }
}
