import Records

/// The sealed parts that the log names, by itself or through lineages and data sets, and what else
/// belongs beside them.
struct NamedSealedParts {
  /// Their files, by commitment; tags of requests are not among them, as they can be made again.
  private(set) var parts: [Digest: String] = [:]
  /// Folders of which not all names are known, and why.
  private(set) var unknown: [(folder: String, error: RegistryError)] = []
  /// Every file that may lie there but for keys: these parts, and tags of requests.
  private(set) var files: Set<String> = []
  /// The folders of these files.
  private(set) var scopes: Set<String> = []

  /// Reads the lineage of every version and the head of every data set.
  init(in store: RegistryStore) {
    addDatasets(store)
    addCases(store.state)
    for opening in store.state.reasons { add(opening, .reasons) }
    addLineages(store)
    let tags = [store.state.requestTags, store.state.formerRequestTags].compactMap { $0 }
    files = Set(parts.values).union(tags.map { SealedScope.requests.file($0) })
    scopes = Set(files.map { DurableFiles.parent(of: $0) })
  }

  /// Whether a folder is one that sealed parts have a key in.
  func isScope(_ folder: String) -> Bool {
    scopes.contains(folder) || SealedParts.permanent.contains(folder)
  }

  private mutating func add(_ commitment: Digest, _ scope: SealedScope) {
    parts[commitment] = scope.file(commitment)
  }

  private mutating func addDatasets(_ store: RegistryStore) {
    for dataset in store.state.datasets {
      let scope = SealedScope.dataset(dataset.name)
      add(dataset.opening, scope)
      do throws(RegistryError) {
        let head = try store.head(of: dataset)
        for part in head.records + head.subjects { add(part, scope) }
      } catch {
        unknown.append((scope.folder, error))
      }
    }
  }

  private mutating func addCases(_ state: RegistryState) {
    for found in state.cases {
      for opening in [found.opening] + found.openings { add(opening, .request(found.number)) }
    }
    for certificate in state.certificates {
      let scope = SealedScope.request(state.cases[certificate.ordinal].number)
      for opening in (certificate.papers ?? [:]).values { add(opening, scope) }
    }
  }

  private mutating func addLineages(_ store: RegistryStore) {
    for version in store.versions() {
      do throws(RegistryError) {
        for part in try store.lineage(of: version).parts {
          for set in part.data.sets { add(set.opening, .lineage) }
        }
      } catch {
        unknown.append((SealedScope.lineage.folder, error))
      }
    }
  }
}
