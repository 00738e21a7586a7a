import Records

extension RegistryStore {
  /// The cases that a look-up has to open: those whose tags fit, and those that came since.
  ///
  /// Every case where the tags are away: they only spare opening the others.
  func cases(_ fitting: (RequestTags) -> [Int]) -> [Int] {
    guard let tags = requestTags() else { return Array(state.cases.indices) }
    return fitting(tags) + Array(tags.count..<state.cases.count)
  }

  /// The tags that the log names; nil where they cannot be read.
  func requestTags() -> RequestTags? {
    guard let digest = state.requestTags,
      let tags = try? sealed.open(RequestTags.self, digest, in: .requests),
      tags.isSound, tags.count <= state.cases.count
    else { return nil }
    return tags
  }

  /// Seals the tags of all cases there are, to be named by the log with the state that is kept.
  ///
  /// What of the registry cannot be read keeps nobody from writing: without tags a look-up opens all.
  ///
  /// - Returns: their commitment; nil where there is no case, or they cannot be sealed.
  func sealRequestTags() -> Digest? {
    guard !state.cases.isEmpty else { return nil }
    let known = requestTags()
    guard let tags = known.map(renewed) ?? (try? freshTags()) else { return nil }
    return tags == known ? state.requestTags : try? sealed.seal(tags, in: .requests)
  }

  private func freshTags() throws(RegistryError) -> RequestTags {
    renewed(RequestTags(key: try Randomness.bytes(32)))
  }

  /// The tags with those of cases that came since, and without those of parts that are gone.
  private func renewed(_ known: RequestTags) -> RequestTags {
    let isThere = state.cases.map { found in
      let file = SealedScope.request(found.number).file(found.opening)
      return (try? FileStatus(of: layout.path(file))) != nil
    }
    func isKept(_ ordinal: Int) -> Bool {
      isThere[ordinal] && ordinal < known.count && known.isRead(ordinal)
    }
    let new = state.cases.indices.filter { isThere[$0] && !isKept($0) }
    prepareOpenings(among: new)
    var tags = known.emptied
    for ordinal in state.cases.indices {
      if isKept(ordinal) {
        tags.append(ordinal, of: known)
      } else {
        tags.append(isThere[ordinal] ? try? opening(ofCase: ordinal) : nil)
      }
    }
    return tags
  }

  /// The first case that the tags do not fit, as far as requests can be read.
  func caseThat(misfits tags: RequestTags) -> Int? {
    (0..<tags.count).first { ordinal in
      guard tags.isRead(ordinal), let opening = try? opening(ofCase: ordinal) else { return false }
      return !tags.fits(ordinal, opening)
    }
  }

  /// Removes the tags that newer ones have taken the place of.
  func removeFormerTags() throws(RegistryError) {
    guard let former = state.formerRequestTags, former != state.requestTags else { return }
    let file = SealedScope.requests.file(former)
    if try FileStatus(of: layout.path(file)) != nil {
      try DurableFiles.removeWhole(file, in: layout)
    }
  }
}
