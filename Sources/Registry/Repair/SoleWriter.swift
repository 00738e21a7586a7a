/// A writer beside whom there is no other: all that lies in `work/staging` is dead writers', and nobody
/// commits.
struct SoleWriter: ~Copyable {
  private let presence: FolderHold
  private let lock: WriterLock

  /// Waits for it as long as the store's patience is.
  ///
  /// Both locks are got at once or none is kept, as a writer who has the one may be waiting for the
  /// other.
  ///
  /// - Throws: `RegistryError.neverAlone`.
  init(in store: borrowing RegistryStore) throws(RegistryError) {
    let layout = store.layout
    let sole = try store.patience.insisting { () throws(RegistryError) -> SoleWriter? in
      try SoleWriter(ifAlone: layout)
    }
    guard let sole else { throw .neverAlone(layout.directory, waited: store.patience) }
    self = sole
  }

  private init?(ifAlone layout: RegistryLayout) throws(RegistryError) {
    guard let presence = try FolderHold(taking: RegistryLayout.staging, in: layout),
      let lock = try WriterLock(ifFree: layout)
    else { return nil }
    self.presence = presence
    self.lock = lock
  }

  /// From here on others may come, who still cannot commit.
  ///
  /// - Returns: false where the system refused.
  func letOthersIn() -> Bool { presence.share() }
}
