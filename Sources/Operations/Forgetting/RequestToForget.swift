import Records
import Registry

extension Workplace {
  /// The request an act of forgetting is done for: the one named, or that of the subject.
  ///
  /// - Throws: `Failure` when several requests are for the subject and none is named.
  func request(for order: ForgetOrder, in store: RegistryStore) throws -> DeletionRequest? {
    if let id = order.request {
      let request = try store.request(id)
      guard request.selector == order.subject else {
        throw Failure(
          "request '\(id)' is not for \(order.subject)", kind: .refused,
          hint: "see 'imu-registry request show \(id)'")
      }
      return request
    }
    let fitting = try store.requests(of: order.subject)
    let live = fitting.filter { $0.state != .refused }
    guard live.count <= 1 else {
      throw Failure(
        "requests \(live.map { "'\($0.id)'" }.joined(separator: " and ")) are for "
          + "\(order.subject)", hint: "say which with --request")
    }
    return live.first ?? fitting.first
  }

  /// Makes sure that somebody approved the request.
  ///
  /// - Throws: `Failure` of kind `refused` with the next move.
  func approved(_ request: DeletionRequest?, _ order: ForgetOrder) throws -> DeletionRequest {
    guard let request else {
      throw Failure(
        "there is no request for \(order.subject), and nobody is forgotten without one",
        kind: .refused,
        hint: "open one with: imu-registry request open ID \(order.subject.options("--subject"))")
    }
    switch request.state {
    case .approved, .mitigated, .closed: return request
    case .received:
      throw Failure(
        "request '\(request.id)' is not approved yet", kind: .refused,
        hint: "approve it with 'imu-registry request approve \(request.id) --by NAME'")
    case .refused:
      throw Failure(
        "request '\(request.id)' was refused", kind: .refused, hint: "open a new request")
    }
  }
}
