import Records
import Registry
import Signing

extension Workplace {
  /// Makes a registry, its keys, and the model its first version will belong to.
  ///
  /// - Returns: one sentence for the person.
  package func initialise(model: String?) throws -> String {
    try RegistryStore.create(at: registryPath, time: now())
    let store = try RegistryStore(openingAt: registryPath, for: .writing)
    let name = model ?? "model"
    try store.addModel(name)
    return "made a registry in '\(registryPath)' for model '\(name)', "
      + "signing with key \(try store.verificationKey().hint.prefix(16))"
  }
}
