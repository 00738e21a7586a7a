import Records

/// Where everything of a registry lies below its directory.
package struct RegistryLayout: Hashable, Sendable {
  /// The registry's directory, without a slash at its end.
  package let directory: String

  package init(directory: String) {
    var directory = directory
    while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
    self.directory = directory
  }

  /// The whole path of a file named relative to the registry; absolute names stay.
  package func path(_ name: String) -> String {
    name.hasPrefix("/") ? name : "\(directory)/\(name)"
  }

  static let marker = "oci-layout"
  static let index = "index.json"
  static let blobs = "blobs/sha256"
  static let ledger = "ledger.sqlite"
  static let lock = "lock"
  static let logEntries = "log/entries.jsonl"
  static let logCheckpoint = "log/checkpoint"
  static let staging = "staging"
  static let training = "training"
  static let privateKey = "keys/signing.pem"
  static let publicKey = "keys/signing.pub.pem"
  static let attestations = "attestations"
  static let derived = "derived"

  /// Every folder, parents first, with its mode.
  static let folders: [(name: String, mode: UInt32)] = [
    ("blobs", 0o755), ("blobs/sha256", 0o755), ("log", 0o755), ("keys", 0o755),
    ("attestations", 0o755), ("staging", 0o700), ("derived", 0o700), ("training", 0o700),
  ]

  /// Everything that may lie in the directory itself.
  static let topLevel: Set<String> = [
    marker, index, "blobs", ledger, "\(ledger)-journal", lock, "log", "keys", attestations,
    staging, derived, training,
  ]

  /// Everything that may lie in the folders whose content has fixed names.
  static let contents: [(folder: String, names: Set<String>)] = [
    ("blobs", ["sha256"]), ("keys", ["signing.pem", "signing.pub.pem"]),
    ("log", ["entries.jsonl", "checkpoint"]),
  ]

  /// The content of the marker file (OCI image layout 1.0.0).
  static let markerText = #"{"imageLayoutVersion":"1.0.0"}"#

  static func blob(_ digest: Digest) -> String { "\(blobs)/\(digest.hex)" }

  static func training(_ run: Digest) -> String { "\(training)/\(run.hex)" }
  static func derived(_ digest: Digest) -> String { "\(derived)/\(digest.hex)" }

  static func attestation(_ name: String, of version: Digest) -> String {
    "\(attestations)/\(version.hex)/\(name)"
  }
}
