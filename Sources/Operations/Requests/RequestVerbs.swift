import Datasets
package import Records
import Registry

/// A request as the command line shows it.
package struct RequestSummaryLine: Sendable, Encodable {
  /// The id that people gave it; its case number where that is sealed from this user.
  package let id: String
  /// Its name in the log.
  package let number: CaseNumber
  package let subject: String
  package let state: RequestState
  package let receivedOn: CalendarDate
  package let deadline: CalendarDate
  package let decidedBy: String?
  package let decidedAt: String?
  package let commitment: Digest
  package let history: [String]
  package let certificates: [CertificateLine]
}

/// Requests as `request list` shows them.
package struct RequestList: Sendable, Encodable {
  /// What is open by its deadline, then what is closed or refused, the newest first.
  package let requests: [RequestSummaryLine]
  /// How many more there are behind them.
  package let otherRequests: Int

  package init(requests: [RequestSummaryLine], otherRequests: Int) {
    self.requests = requests
    self.otherRequests = otherRequests
  }
}

/// A certificate as a list of them shows it.
package struct CertificateLine: Sendable, Encodable {
  package let version: String
  package let verdict: Verdict
  package let issuedAt: String
  package let digest: Digest
  /// Its place in the log.
  package let logIndex: Int
}

extension Workplace {
  /// Opens a request; its subject must have training records in a data set of the registry.
  ///
  /// What it holds of the person is searched for in every version, and the log gets what was found.
  package func openRequest(
    _ id: String, subject: Selector, receivedOn: CalendarDate?
  ) throws -> RequestSummaryLine {
    try writing { store in
      try store.checkNewRequest(id)
      let datasets = store.state.datasets
      guard !datasets.isEmpty else {
        throw Failure(
          "no data set is known that could have records of \(subject)",
          hint: "add it with 'imu-registry dataset add'")
      }
      try Self.requireRecords(of: subject, in: datasets, store)
      let received = try received(receivedOn)
      let number = try RegistryStore.newCaseNumber()
      let opening = try store.sealed.seal(
        RequestOpening(id: id, receivedOn: received, subject: subject.canonicalText),
        in: .request(number))
      let search = PersonSearch(of: subject, in: store)
      _ = try search.steps(in: store.state)
      try store.commit(at: now()) { batch in
        try store.checkNewRequest(id)
        try batch.add(RequestOpened(number: number, opening: opening, receivedOn: received))
        // Said of nobody, too: that a search was made is what everything later rests on.
        try batch.add(PersonFound(number: number, versions: try search.steps(in: batch.state)))
      }
      return try Self.summary(of: id, in: store)
    }
  }

  private func received(_ date: CalendarDate?) throws -> CalendarDate {
    let now = now()
    guard let today = CalendarDate(Moment.date(of: now)) else {
      throw Failure("the clock says '\(now)', which is no date", hint: "set the clock")
    }
    let received = date ?? today
    guard received <= today else {
      throw Failure("a request cannot have been received on \(received), after today")
    }
    return received
  }

  package func approveRequest(_ id: String, by person: String) throws -> RequestSummaryLine {
    try decide(id, .approved, ReasonOpening(by: person, reason: nil))
  }

  package func refuseRequest(
    _ id: String, by person: String, reason: String
  ) throws -> RequestSummaryLine {
    try decide(id, .refused, ReasonOpening(by: person, reason: reason))
  }

  private func decide(
    _ id: String, _ decision: RequestDecided.Decision, _ reason: ReasonOpening
  ) throws -> RequestSummaryLine {
    try writing { store in
      let request = try store.request(id)
      try store.checkDecision(decision, of: request, in: store.state)
      let opening = try store.sealed.seal(reason, in: .request(request.number))
      let search = PersonSearch(of: request.selector, in: store)
      if decision == .approved { _ = try search.steps(in: store.state) }
      try store.commit(at: now()) { batch in
        try store.checkDecision(decision, of: request, in: batch.state)
        if decision == .approved { try addUnsaid(of: request, by: search, to: &batch) }
        try batch.add(
          RequestDecided(number: request.number, decision: decision, opening: opening))
      }
      if decision == .approved { discardTrainingsAfterwards(in: store) }
      return try Self.summary(of: request.id, in: store)
    }
  }

  package func requests() throws -> [RequestSummaryLine] {
    try reading { store in
      try store.state.cases.indices.map { try Self.summary(ofCase: $0, in: store) }
        .sorted { ByteOrder.precedes($0.id, $1.id) }
    }
  }

  /// The requests that press most, so many or all, and how many more there are.
  ///
  /// Cost: two sealed parts a request that is listed; which these are stands in the log.
  package func requests(first count: Int?) throws -> RequestList {
    try reading { store in
      let (cases, states) = (store.state.cases.indices, store.state.requestStates())
      let received = { (ordinal: Int) in store.state.receivedOn(ofCase: ordinal) }
      let isOpen = { (ordinal: Int) in states[ordinal] != .closed && states[ordinal] != .refused }
      let open = cases.filter(isOpen).sorted {
        (received($0).oneMonthLater, $0) < (received($1).oneMonthLater, $1)
      }
      let ordinals = (open + cases.reversed().filter { !isOpen($0) })
      let shown = ordinals.prefix(count ?? ordinals.count)
      return RequestList(
        requests: try shown.map { try Self.summary(ofCase: $0, in: store) },
        otherRequests: ordinals.count - shown.count)
    }
  }

  /// A request, and what every version holds of its person, by model and number; none where it was
  /// refused.
  package func requestWithExposures(
    _ id: String
  ) throws -> (request: RequestSummaryLine, exposures: [(name: String, exposure: Exposure)]) {
    try reading { store in
      let ordinal = try Self.ordinal(ofRequest: id, in: store)
      let request = try Self.summary(ofCase: ordinal, in: store)
      guard store.state.cases[ordinal].decision != .refused else { return (request, []) }
      let (state, exposures) = (store.state, store.state.exposuresOfAll(to: ordinal))
      return (
        request,
        state.models.sorted(by: ByteOrder.precedes).flatMap { model in
          state.versions(of: model).enumerated().map { number, version in
            (VersionState.name(number + 1, of: model), exposures[version])
          }
        }
      )
    }
  }

  private static func ordinal(ofRequest id: String, in store: RegistryStore) throws -> Int {
    if let number = CaseNumber(id), let ordinal = store.state.ordinal(of: number) {
      return ordinal
    }
    return try store.request(id).ordinal
  }

  package func request(_ id: String) throws -> RequestSummaryLine {
    try reading { store in
      try Self.summary(ofCase: Self.ordinal(ofRequest: id, in: store), in: store)
    }
  }

  private static func summary(
    of id: String, in store: RegistryStore
  ) throws -> RequestSummaryLine {
    try summary(ofCase: store.request(id).ordinal, in: store)
  }

  private static func summary(
    ofCase ordinal: Int, in store: RegistryStore
  ) throws -> RequestSummaryLine {
    let found = store.state.cases[ordinal]
    let request = try store.readable(ordinal)
    return RequestSummaryLine(
      id: request?.id ?? found.number.text, number: found.number,
      subject: request?.selector.canonicalText ?? "sealed",
      state: store.state.requestState(of: ordinal), receivedOn: found.receivedOn,
      deadline: found.receivedOn.oneMonthLater, decidedBy: request?.decidedBy,
      decidedAt: found.decidedAt, commitment: found.opening,
      history: history(of: ordinal, in: store),
      certificates: store.state.certificates(for: ordinal).map {
        CertificateLine(
          version: store.state.versions[$0.version].name, verdict: $0.verdict, issuedAt: $0.time,
          digest: $0.envelope, logIndex: $0.index)
      })
  }

  /// What happened to a case, a line each, in the order of the log.
  private static func history(of ordinal: Int, in store: RegistryStore) -> [String] {
    let found = store.state.cases[ordinal]
    var lines: [(index: Int, text: String)] = [(found.index, "\(found.openedAt) opened")]
    if let index = found.decidedIndex, let at = found.decidedAt, let decision = found.decision {
      let reason = found.decisionOpening.flatMap {
        try? store.sealed.open(ReasonOpening.self, $0, in: .request(found.number))
      }
      lines.append(
        (
          index,
          "\(at) \(decision.rawValue)" + (reason?.by.map { " by \($0)" } ?? "")
            + (reason?.reason.map { ": \($0)" } ?? "")
        ))
    }
    for certificate in store.state.certificates(for: ordinal) {
      let version = store.state.versions[certificate.version]
      lines.append(
        (
          certificate.index,
          "\(certificate.time) \(version.shortName) certified \(certificate.verdict.rawValue)"
            + (certificate.mitigates ? "" : ", which mitigates nothing")
        ))
    }
    return lines.sorted { $0.index < $1.index }.map(\.text)
  }

  /// Makes sure that one data set at least knows everybody the subject means.
  ///
  /// - Throws: the first data set's explanation when none does.
  private static func requireRecords(
    of subject: Selector, in datasets: [DatasetState], _ store: RegistryStore
  ) throws {
    // Of one person, a row of a table is enough; of several, each must be known.
    if subject.alternatives.count == 1, subject.alternatives[0].allSatisfy({ $0.values.count == 1 })
    {
      for dataset in datasets {
        let found = try store.records(about: subject, in: .training, of: dataset.root)
        if found?.isEmpty == false { return }
      }
    }
    var explanation: DatasetError?
    for dataset in datasets {
      let manifest = try store.manifest(dataset.root)
      do throws(DatasetError) {
        _ = try manifest.selection(matching: subject)
        return
      } catch {
        // A data set that knows the key says more of what is wrong than one that does not.
        if case .unknownKey? = explanation { explanation = error }
        explanation = explanation ?? error
      }
    }
    if let explanation { throw explanation }
  }
}
