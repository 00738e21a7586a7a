import CPolicies
import Datasets
import FoundationEssentials
import Records
import Registry
import Signing
import Verification

/// A policy and the digest of the very bytes it was read from.
struct NamedPolicy {
  static let standardName = "gdpr-art17.json"

  let policy: Policy
  let bytes: [UInt8]
  var digest: Digest { SHA256.digest(of: bytes) }

  /// Reads the policy that a certificate was judged by; the registry keeps its bytes.
  init(stored reference: PolicyReference, in store: RegistryStore) throws {
    bytes = try store.blobs.read(reference.digest)
    policy = try PolicyReader.read(bytes, name: reference.name)
  }

  /// Reads a policy file: the one named, or `Policies/gdpr-art17.json` beside the registry or in the
  /// working folder, or the copy of it inside this program.
  init(path: String?, beside registryPath: String) throws {
    let bytes: [UInt8]
    if let path {
      bytes = try Self.read(path)
    } else {
      let candidates = [
        "\(Workplace.folder(of: registryPath))/Policies/\(Self.standardName)",
        "Policies/\(Self.standardName)",
      ]
      let found = candidates.first { FileManager.default.fileExists(atPath: $0) }
      bytes = try found.map(Self.read) ?? Self.embeddedBytes
    }
    policy = try PolicyReader.read(bytes, name: path ?? Self.standardName)
    self.bytes = bytes
  }

  private static func read(_ path: String) throws -> [UInt8] {
    try PlainFile.read(path, sizeLimit: 1 << 20)
  }

  /// The default policy as it was when the program was built.
  static func embedded() throws -> NamedPolicy { try NamedPolicy(embeddedBytes) }

  private init(_ bytes: [UInt8]) throws {
    policy = try PolicyReader.read(bytes, name: Self.standardName)
    self.bytes = bytes
  }

  /// The event that lets it mitigate and close.
  var allowed: PolicyAllowed {
    PolicyAllowed(name: policy.name, policy: digest, floor: policy.floor, goal: policy.goal)
  }

  private static var embeddedBytes: [UInt8] {
    unsafe Array(
      UnsafeBufferPointer(start: imu_policy_gdpr_art17(), count: imu_policy_gdpr_art17_length()))
  }
}
