import Records
import Signing

/// An open registry: the store of blobs, the ledger, the log and the lock that guards them.
///
/// Everything that changes it does so in one order: blobs, then one transaction of the ledger that
/// also holds what the log must say, then the files that follow from the ledger (`settle`). What a
/// crash leaves undone, the next writer does first.
package final class RegistryStore {
  package let layout: RegistryLayout
  package let access: RegistryAccess
  package let blobs: BlobStore
  let ledger: SQLiteConnection
  private let lock: RegistryLock
  var log: AppendOnlyLog

  /// Opens a registry, waiting up to `patience` twentieths of a second for other processes.
  ///
  /// - Throws: `RegistryError` when there is none, it is newer, busy, or does not verify.
  package init(
    openingAt directory: String, for access: RegistryAccess, patience: Int = 60
  ) throws(RegistryError) {
    layout = RegistryLayout(directory: directory)
    self.access = access
    blobs = BlobStore(layout: layout)
    guard try FileStatus(of: directory) != nil else { throw .noDirectory(directory) }
    guard try FileStatus(of: layout.path(RegistryLayout.marker)) != nil else {
      throw .notARegistry(directory)
    }
    lock = try RegistryLock(of: layout, access: access, patience: patience)
    guard try FileStatus(of: layout.path(RegistryLayout.ledger)) != nil else {
      throw .corrupted(file: RegistryLayout.ledger, reason: "it is missing")
    }
    ledger = try SQLiteConnection.open(layout.path(RegistryLayout.ledger), access: access)
    try Self.checkSchema(of: ledger, access)
    log = try AppendOnlyLog(reading: layout, key: Self.publicKey(in: layout))
    if access == .writing {
      try emptyStaging()
      try removeUnknownDerivedFiles()
      try settle(mayBeStale: true)
    }
  }

  /// Whether this process may write the registry in a directory.
  package static func isWritable(at directory: String) -> Bool {
    RegistryLock.isWritable(RegistryLayout(directory: directory))
  }

  /// Opens a registry for writing where that is allowed, so that what a crash left is put in order,
  /// else for reading: an auditor may hold a copy that cannot be changed.
  package convenience init(openingAsFoundAt directory: String) throws(RegistryError) {
    let isWritable = Self.isWritable(at: directory)
    try self.init(openingAt: directory, for: isWritable ? .writing : .reading)
  }

  /// Makes sure that the tables are those of this program, and adds what an earlier one lacked.
  private static func checkSchema(
    of ledger: borrowing SQLiteConnection, _ access: RegistryAccess
  ) throws(RegistryError) {
    let file = RegistryLayout.ledger
    guard try ledger.integer("PRAGMA application_id") == Schema.applicationID else {
      throw .corrupted(file: file, reason: "it is not a ledger")
    }
    let version = try ledger.integer("PRAGMA user_version")
    guard version <= Schema.version else {
      throw .newerSchema(file: file, found: version, supported: Schema.version)
    }
    if version == 1, access == .writing {
      try ledger.transaction { () throws(RegistryError) in
        try ledger.script("\(Schema.derivedTable)\nPRAGMA user_version = \(Schema.version);")
      }
    }
    guard version >= 1 else {
      throw .corrupted(file: file, reason: "it has schema \(version), which never was")
    }
  }

  private func emptyStaging() throws(RegistryError) {
    let folder = layout.path(RegistryLayout.staging)
    try DurableFiles.makeFolder(folder, mode: 0o700)
    for name in try DurableFiles.names(in: folder) {
      try DurableFiles.remove("\(folder)/\(name)")
    }
  }

  /// A change of the ledger and of all that follows from it.
  func change<Result>(
    _ body: () throws(RegistryError) -> Result
  ) throws(RegistryError) -> Result {
    precondition(access == .writing, "a registry opened for writing")
    // What is entered must be signed for: without a key nothing may be entered.
    _ = try signingKey()
    let result = try ledger.transaction(body)
    try settle()
    return result
  }

  /// Brings log, attestation files and `index.json` up to what the ledger says.
  ///
  /// With `mayBeStale` an index that lacks only the newest version is excused, and any other
  /// difference left for the audit to find.
  private func settle(mayBeStale: Bool = false) throws(RegistryError) {
    try settleLog()
    try settleAttestations()
    try settleIndex(onlyIfStale: mayBeStale)
  }
}
