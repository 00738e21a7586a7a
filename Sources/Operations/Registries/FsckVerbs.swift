import Records
import Registry
import TransparencyLog

/// What `fsck` did.
package struct FsckOutcome: Sendable, Encodable {
  /// A line each; empty when there was nothing to do.
  package let done: [String]
}

extension Workplace {
  /// Removes what is not under the checkpoint and makes anew what follows from the log; signs nothing.
  ///
  /// - Throws: The first of what could not be mended, when all the rest is and was told of.
  package func repair() throws -> FsckOutcome {
    let store = try open(searching: .anywhere)
    let repair = try store.repair()
    store.follow()
    if store.notRemembered == nil { tellOfMemory(nil) }
    let left = store.leftUndone + [store.notRemembered].compactMap { $0 }
    let failures = repair.failures + left.filter { !repair.failures.contains($0) }
    guard let failure = failures.first else { return FsckOutcome(done: repair.done) }
    for line in repair.done { notice(line) }
    for other in failures.dropFirst() { notice(other.description) }
    throw failure
  }

  /// Makes the ledger anew from the log.
  package func rebuildLedger() throws -> FsckOutcome {
    try assuring { store in
      try store.remakeLedger { index in
        try progress(
          Progress(activity: "making the ledger", done: index, total: store.state.size))
      }
      return FsckOutcome(done: ["made \(store.state.size) events of the log into a new ledger"])
    }
  }

  /// The ledger as sorted text, with a notice where it is not what the log gives.
  ///
  /// Cost: a pass over the log.
  /// - Throws: `Failure` when there is none, or a writer is at it.
  package func ledgerDump() throws -> String {
    try reading { store in
      guard let (dump, size) = try store.ledgerDump() else {
        throw Failure(
          "there is no ledger, or it is being written",
          hint: "make it from the log with 'imu-registry fsck --rebuild'")
      }
      if try size > store.state.size || dump != store.expectedDump(ofFirst: size) {
        notice(
          "the ledger is not what the log gives; 'imu-registry fsck --rebuild' makes it anew")
      }
      return dump
    }
  }
}
