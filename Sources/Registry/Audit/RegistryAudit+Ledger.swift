import Records

extension RegistryAudit {
  /// The ledger against the one that the log would make.
  mutating func checkLedger() throws {
    let file = RegistryLayout.ledger
    guard try FileStatus(of: store.layout.path(file)) != nil else {
      note(file, "is not written yet; the next writer makes it")
      return
    }
    guard try plainFile(file) != nil else { return }
    do throws(RegistryError) {
      guard let (dump, size) = try store.ledgerDump() else {
        note(file, "is being written")
        return
      }
      // A writer may have come between.
      let log =
        size <= store.state.size ? store : try RegistryStore(openingAt: store.layout.directory)
      guard size <= log.state.size, try dump == log.expectedDump(ofFirst: size) else {
        find(file, "does not say what the log says; 'imu-registry fsck --rebuild' makes it anew")
        return
      }
      if size < store.state.size {
        note(file, "is behind the log; the next writer brings it up")
      }
    } catch RegistryError.ledger(let reason) {
      find(file, "does not verify: \(reason)")
    }
  }
}
