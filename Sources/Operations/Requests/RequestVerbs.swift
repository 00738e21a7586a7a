import Datasets
package import Records
import Registry

/// A request as the command line shows it.
package struct RequestSummaryLine: Sendable, Encodable {
  package let id: String
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

/// A certificate as a list of them shows it.
package struct CertificateLine: Sendable, Encodable {
  package let version: String
  package let verdict: Verdict
  package let issuedAt: String
  package let digest: Digest
}

extension Workplace {
  /// Opens a request; its subject must have training records in a data set of the registry.
  package func openRequest(
    _ id: String, subject: Selector, receivedOn: CalendarDate?
  ) throws -> RequestSummaryLine {
    try writing { store in
      let datasets = try store.datasets()
      guard !datasets.isEmpty else {
        throw Failure(
          "no data set is known that could have records of \(subject)",
          hint: "add it with 'imu-registry dataset add'")
      }
      try Self.requireRecords(of: subject, in: datasets.map { try store.manifest($0.manifest) })
      guard let today = CalendarDate(Moment.date(of: now())) else {
        preconditionFailure("the clock gives a date")
      }
      let received = receivedOn ?? today
      guard received <= today else {
        throw Failure("a request cannot have been received on \(received), after today")
      }
      try store.openRequest(id, selector: subject, receivedOn: received, at: now())
      return try Self.summary(of: id, in: store)
    }
  }

  package func approveRequest(_ id: String, by person: String) throws -> RequestSummaryLine {
    try writing { store in
      try store.changeRequest(id, to: .approved, by: person, at: now())
      return try Self.summary(of: id, in: store)
    }
  }

  package func refuseRequest(
    _ id: String, by person: String, reason: String
  ) throws -> RequestSummaryLine {
    try writing { store in
      try store.changeRequest(id, to: .refused, by: person, at: now(), reason: reason)
      return try Self.summary(of: id, in: store)
    }
  }

  package func requests() throws -> [RequestSummaryLine] {
    try reading { store in try store.requests().map { try Self.summary(of: $0.id, in: store) } }
  }

  package func request(_ id: String) throws -> RequestSummaryLine {
    try reading { store in try Self.summary(of: id, in: store) }
  }

  /// Makes sure that one data set at least knows everybody the subject means.
  ///
  /// - Throws: the first data set's explanation when none does.
  private static func requireRecords(of subject: Selector, in manifests: [Manifest]) throws {
    var explanation: DatasetError?
    for manifest in manifests {
      do throws(DatasetError) {
        _ = try manifest.selection(matching: subject)
        return
      } catch {
        explanation = explanation ?? error
      }
    }
    if let explanation { throw explanation }
  }

  private static func summary(
    of id: String, in store: RegistryStore
  ) throws -> RequestSummaryLine {
    let request = try store.request(id)
    return RequestSummaryLine(
      id: id, subject: request.selector.canonicalText, state: request.state,
      receivedOn: request.receivedOn, deadline: request.deadline, decidedBy: request.decidedBy,
      decidedAt: request.decidedAt, commitment: request.commitment,
      history: try store.requestHistory(id).map { change in
        "\(change.changedAt) \(change.from.rawValue) → \(change.to.rawValue) by \(change.changedBy)"
          + (change.reason.map { ": \($0)" } ?? "")
      },
      certificates: try store.certificates(for: id).map {
        CertificateLine(
          version: try store.version($0.version).name, verdict: $0.verdict,
          issuedAt: $0.issuedAt, digest: $0.envelope)
      })
  }
}
