import FoundationEssentials
import Glibc
import Records
import Signing

extension RegistryStore {
  /// Makes a registry in a directory that does not exist, is empty, or holds a begun registry.
  ///
  /// The marker `oci-layout` is written last: until then it can be begun again. The time is RFC
  /// 3339, UTC.
  package static func create(at directory: String, time: String) throws(RegistryError) {
    let layout = RegistryLayout(directory: directory)
    try makeDirectories(upTo: layout.directory)
    try checkVacant(layout)
    let lock = try RegistryLock(of: layout, access: .writing, patience: 60)
    try checkVacant(layout)
    for folder in RegistryLayout.folders {
      try DurableFiles.makeFolder(layout.path(folder.name), mode: folder.mode)
    }
    let key = try makeKeys(in: layout)
    let fingerprint = SHA256.digest(of: key.publicKey.der)
    try makeLedger(in: layout, fingerprint: fingerprint, time: time)
    try AppendOnlyLog.make(in: layout, key: key)
    let staging = layout.path(RegistryLayout.staging)
    try DurableFiles.replace(
      layout.path(RegistryLayout.index), with: OCIIndex(manifests: []).text, staging: staging)
    try DurableFiles.replace(
      layout.path(RegistryLayout.marker), with: Array(RegistryLayout.markerText.utf8),
      staging: staging)
    extendLifetime(lock)
  }

  private static func makeDirectories(upTo path: String) throws(RegistryError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .invalidName(what: "a directory", value: path, rule: "it is empty or holds a NUL")
    }
    if try FileStatus(of: path) != nil { return }
    let parent = DurableFiles.parent(of: path)
    if parent != path { try makeDirectories(upTo: parent) }
    try DurableFiles.makeFolder(path)
  }

  private static func checkVacant(_ layout: RegistryLayout) throws(RegistryError) {
    let names = try DurableFiles.names(in: layout.directory)
    guard !names.contains(RegistryLayout.marker) else { throw .alreadyARegistry(layout.directory) }
    for name in names where !RegistryLayout.topLevel.contains(name) {
      throw .occupied(directory: layout.directory, entry: name)
    }
  }

  private static func makeLedger(
    in layout: RegistryLayout, fingerprint: Digest, time: String
  ) throws(RegistryError) {
    let ledger = try SQLiteConnection.open(
      layout.path(RegistryLayout.ledger), access: .writing)
    guard try ledger.integer("PRAGMA user_version") == 0 else { return }
    try ledger.transaction { () throws(RegistryError) in
      try ledger.script(Schema.tables)
      try ledger.run(
        "INSERT INTO log_entries VALUES (0, 'registry', ?1, ?2, 0)",
        [.text(fingerprint.description), .text(time)])
      try ledger.script(
        """
        PRAGMA application_id = \(Schema.applicationID);
        PRAGMA user_version = \(Schema.version);
        """)
    }
  }
}
