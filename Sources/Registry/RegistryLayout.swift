import Records

/// Where everything of a registry lies below its directory.
///
/// No path comes out of a document or a row: all are made here, of digests and checked names.
package struct RegistryLayout: Hashable, Sendable {
  /// The registry's directory, without a slash at its end.
  package let directory: String

  package init(directory: String) {
    var directory = directory
    while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
    self.directory = directory
  }

  /// The same without any link in it, as SQLite wants it; as it is where the system does not say.
  var realDirectory: String { FileSystem.absolute(directory) }

  /// The whole path of a file named relative to the registry.
  package func path(_ name: String) -> String { "\(directory)/\(name)" }

  /// Of the files on the disk.
  static let format = 2

  static let marker = "oci-layout"
  static let index = "index.json"
  static let blobs = "blobs/sha256"
  static let ledger = "ledger.sqlite"
  /// What SQLite would leave beside the ledger; nothing of it is ever read.
  static let journals = ["-journal", "-wal", "-shm"].map { ledger + $0 }
  static let log = "log"
  static let tail = "log/tail"
  static let checkpoint = "log/checkpoint"
  static let tiles = "log/tile"
  static let states = "state"
  static let sealed = "sealed"
  static let keys = "keys"
  static let attestations = "attestations"
  static let work = "work"
  static let staging = "work/staging"
  static let features = "work/features"
  static let training = "work/training"
  static let runs = "work/runs"

  /// Every folder, parents first, with its mode.
  static let folders: [(name: String, mode: UInt32)] = [
    ("blobs", 0o755), (blobs, 0o755), (log, 0o755), (tiles, 0o755), (states, 0o755),
    (keys, 0o755), (attestations, 0o755), (sealed, 0o700), (work, 0o700), (staging, 0o700),
    (features, 0o700), (training, 0o700), (runs, 0o700),
  ]

  /// Whether what lies there is scratch, of which nothing is lost with what is removed.
  static func isScratch(_ name: String) -> Bool { name == work || name.hasPrefix("\(work)/") }

  /// Whether what lies there is for its keeper's eyes alone.
  static func isPersonal(_ name: String) -> Bool {
    isScratch(name) || name == sealed || name.hasPrefix("\(sealed)/")
  }

  /// Whether all that belongs in a folder can be made again.
  static func isMadeAgain(_ folder: String) -> Bool {
    isScratch(folder) || [tiles, states, attestations].contains(folder)
  }

  /// Everything that may lie in the directory itself.
  static let topLevel: Set<String> = [
    marker, index, "blobs", ledger, log, states, keys, attestations, sealed,
    work,
  ]

  /// The content of the marker file (OCI image layout 1.0.0).
  static let markerText = #"{"imageLayoutVersion":"1.0.0"}"#

  static func blob(_ digest: Digest) -> String { "\(blobs)/\(digest.hex)" }
  static func state(_ size: Int) -> String { "\(states)/\(size)" }
  static func privateKey(_ role: SigningRole) -> String { "\(keys)/\(role.rawValue).pem" }
  static func publicKey(_ role: SigningRole) -> String { "\(keys)/\(role.rawValue).pub.pem" }
  static func training(_ run: Digest) -> String { "\(training)/\(run.hex)" }
  static func features(_ digest: Digest) -> String { "\(features)/\(digest.hex)" }
  static func run(_ run: Digest) -> String { "\(runs)/\(run.hex)" }

  /// The most bytes that are read of a kept state, whose every line came out of an event of the tail.
  static func stateLimit(tail size: Int) -> Int { 4 * size + (1 << 20) }

  static func attestations(of version: Digest) -> String { "\(attestations)/\(version.hex)" }

  static func attestation(_ name: String, of version: Digest) -> String {
    "\(attestations(of: version))/\(name)"
  }
}
