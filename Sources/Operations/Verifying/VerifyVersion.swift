import Records
import Registry

extension Workplace {
  /// Verifies a version from its stored bytes: digests, signatures, certificates, log; on request by
  /// running its recipe again, for every certificate it has.
  package func verify(_ name: String, reExecute: Bool) throws -> AuditOutcome {
    try assuring { store in
      let version = try store.version(named: name)
      let check = VersionCheck(version, in: store)
      var findings = try check.findings() + check.attestations() + reports(of: version, in: store)
      if reExecute {
        findings += try ReExecution(workplace: self, version: version, store: store).findings()
      }
      return AuditOutcome(version.shortName, findings)
    }
  }
}
