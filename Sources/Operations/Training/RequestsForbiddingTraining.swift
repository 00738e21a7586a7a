import Records
import Registry

extension RegistryStore {
  /// The requests whose persons may not be trained on.
  ///
  /// - Throws: `RegistryError.sealed` when it cannot be told whose such a request is: nobody is trained
  ///   on by mistake.
  func requestsForbiddingTraining() throws -> [DeletionRequest] {
    try state.withheld.indices.map { try request(at: $0) }
  }

  /// The requests of those cases.
  func requests(_ ordinals: RecordSelection) throws -> [DeletionRequest] {
    try ordinals.indices.map { try request(at: $0) }
  }
}
