package import Records
import Signing

/// What is known of a training that was kept on its way; what it had come to is bytes here.
package struct KeptTraining: Hashable, Sendable {
  /// The digest of all that determines the training; it names the file.
  package let run: Digest
  /// The commitment of the request it is done for; nil for a training of its own.
  package let request: Digest?
  /// The version whose weights it goes on from; nil when they are drawn from a seed.
  package let parent: Digest?
  /// The records it reads, by the digest of their manifest.
  package let records: [Digest: RecordSelection]

  package init(
    run: Digest, request: Digest?, parent: Digest?, records: [Digest: RecordSelection]
  ) {
    self.run = run
    self.request = request
    self.parent = parent
    self.records = records
  }
}

/// A kept training as a file: a header in canonical text, the registry's signature of that line, and
/// the state's bytes, whose SHA-256 the header has.
///
/// Whoever can write in the folder and has no key can so neither make one nor change it.
struct KeptTrainingFile {
  let training: KeptTraining
  let state: [UInt8]

  private struct Header: Codable {
    let run: Digest
    let request: Digest?
    let parent: Digest?
    /// By the text of their manifest's digest.
    let records: [String: RecordSelection]
    let state: Digest
  }

  /// Said before the header where it is signed, so that no other signature stands for this one.
  private static let purpose = Array("imu-registry kept training 1\n".utf8)
  private static let newline = UInt8(ascii: "\n")

  /// - Throws: `SigningError` when the key cannot sign.
  static func bytes(
    _ training: KeptTraining, state: [UInt8], key: borrowing PrivateKey
  ) throws(SigningError) -> [UInt8] {
    let header = CanonicalText.encode(
      Header(
        run: training.run, request: training.request, parent: training.parent,
        records: Dictionary(
          uniqueKeysWithValues: training.records.map { ($0.description, $1) }),
        state: SHA256.digest(of: state)))
    let signature = Base64.encode(try key.signature(for: purpose + header))
    return header + [newline] + Array(signature.utf8) + [newline] + state
  }

  /// Reads a file and checks every byte of it.
  ///
  /// - Throws: `RegistryError.corrupted` saying what does not fit.
  init(bytes: [UInt8], run: Digest, file: String, key: PublicKey) throws(RegistryError) {
    let (header, signature, state) = try Self.parts(bytes, file)
    guard let signature = try? Base64.decode(String(decoding: signature, as: UTF8.self)),
      key.isValid(signature: signature, for: Self.purpose + header)
    else { throw .corrupted(file: file, reason: "it is not signed by this registry") }
    let read: Header
    do throws(CanonicalTextError) {
      read = try CanonicalText.decode(Header.self, from: header, what: file)
    } catch {
      throw .corrupted(file: file, reason: error.reason)
    }
    guard read.run == run else {
      throw .corrupted(file: file, reason: "it is of another training")
    }
    guard SHA256.digest(of: state) == read.state else {
      throw .corrupted(file: file, reason: "its bytes are not those that were signed")
    }
    var records: [Digest: RecordSelection] = [:]
    for (text, selection) in read.records {
      guard text.hasPrefix("sha256:"), let manifest = Digest(hex: text.dropFirst(7)) else {
        throw .corrupted(file: file, reason: "'\(RegistryError.printable(text))' is no digest")
      }
      records[manifest] = selection
    }
    training = KeptTraining(
      run: read.run, request: read.request, parent: read.parent, records: records)
    self.state = state
  }

  private static func parts(
    _ bytes: [UInt8], _ file: String
  ) throws(RegistryError) -> (header: [UInt8], signature: [UInt8], state: [UInt8]) {
    guard let first = bytes.firstIndex(of: newline),
      let second = bytes[(first + 1)...].firstIndex(of: newline)
    else { throw .corrupted(file: file, reason: "it has no header") }
    return (
      Array(bytes[..<first]), Array(bytes[(first + 1)..<second]), Array(bytes[(second + 1)...])
    )
  }
}
