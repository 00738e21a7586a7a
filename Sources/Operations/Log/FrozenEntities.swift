import Records
import Registry

extension RegistryState {
  /// Refuses long work that could not be committed, as a void event is about what it would change.
  ///
  /// - Throws: `Failure` of kind `refused` naming what is frozen.
  func checkChangeable(_ entities: String...) throws {
    let frozen = frozen
    guard let entity = entities.first(where: frozen.contains) else { return }
    throw Failure(
      "a void event is about '\(entity)', so nothing about it changes before root has seen it",
      kind: .refused, hint: "see 'imu-registry audit'")
  }
}
