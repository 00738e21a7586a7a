import Records
import Registry

extension Workplace {
  /// Verifies a version from its stored bytes: digests, signatures, certificate, log; on request by
  /// running its recipe again.
  package func verify(_ name: String, reExecute: Bool) throws -> AuditOutcome {
    let store = try RegistryStore(openingAt: registryPath, for: .reading)
    let version = try store.version(named: name)
    let check = VersionCheck(version, in: store)
    var findings = try check.findings() + check.artifacts()
    if reExecute {
      findings += try ReExecution(workplace: self, version: version, store: store).findings()
    }
    return AuditOutcome(version.lineage.name, findings)
  }
}
