import Records
import Registry
import Signing

extension Workplace {
  /// Makes a registry, its keys, the model its first version will belong to, and allows the policy
  /// inside this program to mitigate and close.
  ///
  /// - Returns: one sentence for the person.
  package func initialise(model: String?) throws -> String {
    let name = model ?? "model"
    let policy = try NamedPolicy.embedded()
    try RegistryStore.create(
      at: registryPath, model: name, policies: [(policy.allowed, policy.bytes)], time: now(),
      memory: memoryPath.map { CheckpointMemory(folder: $0) })
    let store = try open()
    do throws(RegistryError) {
      try store.remember()
      tellOfMemory(nil)
    } catch {
      // The registry is made, and making it again would be refused.
      tellOfMemory(error)
    }
    return "made a registry in '\(registryPath)' for model '\(name)': its id is \(store.state.id), "
      + "its root key \(try store.key(of: .root).hint.prefix(16))"
  }
}
