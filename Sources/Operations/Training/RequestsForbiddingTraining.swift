import Records
import Registry

extension RegistryStore {
  /// The requests whose persons may not be trained on, now or at an earlier moment (RFC 3339).
  func requestsForbiddingTraining(asOf time: String? = nil) throws -> [DeletionRequest] {
    try requests().filter { request in
      guard let time else { return request.state.forbidsTraining }
      let changes = try requestHistory(request.id).filter { $0.changedAt <= time }
      return changes.last?.to.forbidsTraining ?? false
    }
  }
}

extension RequestState {
  /// Whether records of the request's person are kept out of training.
  fileprivate var forbidsTraining: Bool {
    switch self {
    case .approved, .mitigated, .closed: true
    case .received, .refused: false
    }
  }
}
