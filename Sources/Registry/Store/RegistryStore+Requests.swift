package import Records

extension RegistryStore {
  /// A case with what is sealed of it.
  ///
  /// - Throws: `RegistryError.sealed` where that is erased or may not be read.
  package func request(at ordinal: Int) throws(RegistryError) -> DeletionRequest {
    let found = state.cases[ordinal]
    let scope = SealedScope.request(found.number)
    let opening = try opening(ofCase: ordinal)
    guard let selector = try? Selector(canonicalText: opening.subject) else {
      throw .corrupted(file: scope.file(found.opening), reason: "its selector is none")
    }
    var decidedBy: String?
    if let decision = found.decisionOpening {
      decidedBy = try sealed.open(ReasonOpening.self, decision, in: scope).by
    }
    return DeletionRequest(
      number: found.number, ordinal: ordinal, id: opening.id, selector: selector,
      receivedOn: found.receivedOn, state: state.requestState(of: ordinal), decidedBy: decidedBy,
      decidedAt: found.decidedAt, commitment: found.opening)
  }

  /// What is sealed of a case's request, but for its selector checked.
  func opening(ofCase ordinal: Int) throws(RegistryError) -> RequestOpening {
    let found = state.cases[ordinal]
    let scope = SealedScope.request(found.number)
    let opening = try sealed.openRequest(found.opening, in: scope)
    // The id names a folder of reports.
    guard opening.receivedOn == found.receivedOn,
      (try? RegistryName.check(opening.id, for: "a request")) != nil
    else { throw .corrupted(file: scope.file(found.opening), reason: "its id or date is none") }
    return opening
  }

  /// The requests of some cases whose sealed part can be read, each as its opening has it.
  ///
  /// Cost: two small files a case, by all threads.
  private func openings(
    among ordinals: some Collection<Int>
  ) throws(RegistryError) -> [(ordinal: Int, opening: RequestOpening)] {
    prepareOpenings(among: ordinals)
    var openings: [(ordinal: Int, opening: RequestOpening)] = []
    openings.reserveCapacity(ordinals.count)
    for ordinal in ordinals {
      do throws(RegistryError) {
        openings.append((ordinal, try opening(ofCase: ordinal)))
      } catch .sealed {
        continue
      }
    }
    return openings
  }

  func prepareOpenings(among ordinals: some Collection<Int>) {
    sealed.prepare(
      ordinals.map { (state.cases[$0].opening, SealedScope.request(state.cases[$0].number)) },
      threads: threads)
  }

  /// The requests of that subject, by id.
  package func requests(of subject: Selector) throws(RegistryError) -> [DeletionRequest] {
    let text = subject.canonicalText
    var requests: [DeletionRequest] = []
    let fitting = cases { $0.cases(withSubject: text) }
    for (ordinal, opening) in try openings(among: fitting) where opening.subject == text {
      requests.append(try request(at: ordinal))
    }
    return requests.sorted { ByteOrder.precedes($0.id, $1.id) }
  }

  /// Every request whose sealed part can be read, by id.
  package func requests() throws(RegistryError) -> [DeletionRequest] {
    prepareOpenings(among: state.cases.indices)
    var requests: [DeletionRequest] = []
    for ordinal in state.cases.indices {
      if let request = try readable(ordinal) { requests.append(request) }
    }
    return requests.sorted { ByteOrder.precedes($0.id, $1.id) }
  }

  /// A case with what is sealed of it; nil where that is erased or may not be read.
  package func readable(_ ordinal: Int) throws(RegistryError) -> DeletionRequest? {
    do throws(RegistryError) {
      return try request(at: ordinal)
    } catch .sealed {
      return nil
    }
  }

  /// What people call a case: its id, or its number where the id cannot be read.
  package func title(ofCase ordinal: Int) -> String {
    (try? opening(ofCase: ordinal).id) ?? "case \(state.cases[ordinal].number)"
  }

  /// The request of that id or case number.
  package func request(_ id: String) throws(RegistryError) -> DeletionRequest {
    if let number = CaseNumber(id), let ordinal = state.ordinal(of: number) {
      return try request(at: ordinal)
    }
    let fitting = try openings(among: cases { $0.cases(withID: id) })
    if let found = fitting.first(where: { $0.opening.id == id }) {
      return try request(at: found.ordinal)
    }
    let readable = try openings(among: state.cases.indices)
    if let sealed = Set(state.cases.indices).subtracting(readable.map(\.ordinal)).min() {
      // It might be this one.
      _ = try opening(ofCase: sealed)
    }
    let known = readable.map(\.opening.id).sorted(by: ByteOrder.precedes)
    throw .unknown(
      what: "request", name: id, known: known, nearest: Spelling.nearest(to: id, among: known))
  }

  /// Checks that an id may be a request's and is none yet.
  ///
  /// - Throws: `RegistryError.sealed` where a request's own id cannot be read: it might be this one.
  package func checkNewRequest(_ id: String) throws(RegistryError) {
    try RegistryName.check(id, for: "a request")
    guard CaseNumber(id) == nil else {
      throw .invalidName(
        what: "a request", value: id, rule: "sixteen hexadecimal digits are a case's number")
    }
    let fitting = cases { $0.cases(withID: id) }
    prepareOpenings(among: fitting)
    for ordinal in fitting {
      guard try opening(ofCase: ordinal).id != id else { throw .taken(what: "request", name: id) }
    }
  }

  /// A new case number.
  package static func newCaseNumber() throws(RegistryError) -> CaseNumber {
    CaseNumber(bytes: try Randomness.bytes(8))
  }

  /// Checks that a request may be decided so.
  ///
  /// - Throws: `RegistryError.stateRefused`.
  package func checkDecision(
    _ decision: RequestDecided.Decision, of request: DeletionRequest, in state: RegistryState
  ) throws(RegistryError) {
    let next: RequestState = decision == .approved ? .approved : .refused
    switch (state.requestState(of: request.ordinal), decision) {
    case (.received, _), (.approved, .refused): return
    case (let before, _): throw .stateRefused(request: request.id, from: before, to: next)
    }
  }
}
