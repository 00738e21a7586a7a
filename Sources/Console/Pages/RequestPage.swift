import Operations
import Records

/// A request as people read it, with what versions hold of its person.
struct RequestPage: Encodable {
  let request: RequestSummaryLine
  /// What each version holds, in their order.
  let versions: [(name: String, exposure: Exposure)]
  /// How many of them the text shows, the newest; nil for all.
  var limit: Int?

  private enum Key: String, CodingKey { case exposures }

  /// The request's own record, and beside its fields what the versions hold.
  func encode(to encoder: any Encoder) throws {
    try request.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    let exposures = Dictionary(versions.map { ($0.name, $0.exposure) }) { $1 }
    try container.encode(exposures, forKey: .exposures)
  }

  var text: String {
    var text = Self.list(request).text
    if !request.history.isEmpty {
      text += "\nhistory\n" + request.history.map { "  \($0.oneLine)\n" }.joined()
    }
    if !request.certificates.isEmpty { text += "\n" + certificates }
    if !versions.isEmpty {
      var table = Table([.words("version"), .words("holds the person")])
      let shown = versions.suffix(limit ?? versions.count)
      for version in shown { table.add([version.name.shortVersion, version.exposure.rawValue]) }
      text += "\n" + table.text
      let older = versions.dropLast(shown.count)
      if !older.isEmpty {
        let holding = older.count { $0.exposure != .clear }
        text +=
          "and \(older.count) older versions, of which \(holding) hold the person; --all shows them\n"
      }
    }
    return text
  }

  private var certificates: String {
    var table = Table([
      .words("certificate"), .words("version"), .words("verdict"), .words("issued"),
    ])
    for certificate in request.certificates {
      table.add([
        certificate.digest.short, certificate.version.shortVersion, certificate.verdict.rawValue,
        certificate.issuedAt,
      ])
    }
    return table.text
  }

  static func list(_ request: RequestSummaryLine) -> KeyValueList {
    var list = KeyValueList()
    list.add("request", request.id)
    list.add("subject", request.subject)
    list.add("state", request.state.rawValue)
    list.add("received", request.receivedOn.description)
    list.add("deadline", request.deadline.description)
    list.add("decided by", request.decidedBy)
    list.add("decided", request.decidedAt)
    list.add("commitment", request.commitment.description)
    return list
  }

  /// Requests in the order given, and how many more there are.
  static func table(_ list: RequestList) -> String {
    let requests = list.requests
    guard !requests.isEmpty else { return "no request yet" }
    var table = Table([
      .words("request"), .words("state"), .words("received"), .words("deadline"),
      .words("subject"), .words("certificates"),
    ])
    for request in requests {
      table.add([
        request.id, request.state.rawValue, request.receivedOn.description,
        request.deadline.description, request.subject.shortened(to: 40),
        request.certificates.map { "\($0.version.shortVersion) \($0.verdict.rawValue)" }
          .joined(separator: ", "),
      ])
    }
    return table.text
      + (list.otherRequests == 0 ? "" : "and \(list.otherRequests) more; --all shows them\n")
  }
}
