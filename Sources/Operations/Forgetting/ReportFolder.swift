import Records
import Registry
import Reports
import Signing
import TransparencyLog

/// The folder of a certificate's report, and what must lie in it: all of it follows from the log.
struct ReportFolder {
  let certificate: CertificateState
  /// `Reports/<request>`.
  let path: String
  /// The folder of all reports.
  private let root: String
  /// The request's id, or its number where that cannot be read.
  private let title: String
  private let version: VersionEntry
  private let store: RegistryStore
  private let isNewest: Bool

  struct File {
    let path: String
    /// The same, relative to the folder of all reports.
    let name: String
    let bytes: [UInt8]
    /// Whether it names the person.
    let isPersonal: Bool
  }

  /// A file by its own name, wherever it lies.
  private struct Paper {
    let name: String
    let bytes: [UInt8]
    let isPersonal: Bool
  }

  init(of envelope: Digest, workplace: Workplace, store: RegistryStore) throws {
    guard let certificate = store.state.certificate(envelope)
    else { throw Failure("there is no certificate \(envelope.short)") }
    self.certificate = certificate
    self.store = store
    version = store.state.entry(certificate.version)
    title =
      try store.readable(certificate.ordinal)?.id
      ?? store.state.cases[certificate.ordinal].number.text
    root = workplace.reportsPath
    path = "\(root)/\(title)"
    isNewest =
      store.state.certificates(for: certificate.ordinal).last { $0.papers != nil }?.envelope
      == envelope
  }

  /// The files in the version's own folder and, for the newest certificate with papers, at the top.
  func files() throws -> [File] {
    let files = try papers() + evidence()
    return folders.flatMap { folder in
      files.map {
        File(
          path: "\(root)/\(folder)/\($0.name)", name: "\(folder)/\($0.name)", bytes: $0.bytes,
          isPersonal: $0.isPersonal)
      }
    }
  }

  /// The names of these files relative to the folder of all reports; none of them is opened.
  var names: [String] {
    let names = (certificate.papers ?? [:]).keys + Self.evidenceNames
    return folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
  }

  private var folders: [String] {
    isNewest ? ["\(title)/\(version.shortName)", title] : ["\(title)/\(version.shortName)"]
  }

  /// What `evidence` is called, which is so for every version.
  private static let evidenceNames: [String] = {
    let names = AuditorFiles(modelDirectory: "")
    return [
      names.engineKey, names.verifierKey, names.logKey, names.publisherKey, names.certificate,
      names.event, names.proof, names.script,
    ]
  }()

  /// Whether a file is called as a paper of ours is, by whoever does not look closely.
  static func isNameOfOurs(_ name: String) -> Bool {
    (ReportFiles.papers + evidenceNames).contains(name.lowercased())
  }

  /// The papers as they were sealed.
  private func papers() throws -> [Paper] {
    let scope = SealedScope.request(store.state.cases[certificate.ordinal].number)
    return try (certificate.papers ?? [:]).sorted { ByteOrder.precedes($0.key, $1.key) }.map {
      name, opening in
      let paper = try store.sealed.open(PaperOpening.self, opening, in: scope)
      guard paper.name == name, ReportFiles.papers.contains(name) else {
        throw Failure("paper '\(name)' of the registry is another", kind: .unverified)
      }
      return Paper(name: name, bytes: Array(paper.text.utf8), isPersonal: true)
    }
  }

  /// What an auditor checks without this program.
  private func evidence() throws -> [Paper] {
    let names = Workplace.auditorFiles(of: version)
    let (event, proof) = try store.proof(ofEvent: certificate.index)
    let keys: [(String, SigningRole)] = [
      (names.engineKey, .engine), (names.verifierKey, .verifier), (names.logKey, .log),
      (names.publisherKey, .publisher),
    ]
    let fixed: [(String, [UInt8])] =
      [
        (names.certificate, try store.blobs.read(certificate.envelope)), (names.event, event),
        (names.proof, proof.text), (names.script, Array(AuditorScript(files: names).text.utf8)),
      ] + (try keys.map { ($0, Array(try store.key(of: $1).pem.utf8)) })
    return fixed.map { Paper(name: $0, bytes: $1, isPersonal: false) }
  }

  /// Whether a proof that was written at an earlier checkpoint holds as well.
  func isProof(_ bytes: [UInt8], at path: String) -> Bool {
    guard path.hasSuffix("/" + Workplace.auditorFiles(of: version).proof),
      let proof = try? TlogProof(parsing: bytes), proof.index == certificate.index,
      proof.text == bytes, let event = try? store.proof(ofEvent: certificate.index).event,
      let key = try? store.key(of: .log),
      let checkpoint = try? proof.verify(entry: event, origin: store.origin, trusted: [key])
    else { return false }
    return (try? store.extends(size: checkpoint.size, head: checkpoint.head)) == true
  }

  /// Whether a file at the top is that of an earlier certificate for the same case, as the newest
  /// could not be written yet.
  func isOfEarlier(_ bytes: [UInt8], at path: String, workplace: Workplace) throws -> Bool {
    guard path.dropFirst(self.path.count + 1).allSatisfy({ $0 != "/" }) else { return false }
    let name = path.dropFirst(self.path.count)
    return try store.state.certificates(for: certificate.ordinal)
      .filter { $0.index < certificate.index && $0.papers != nil }
      .contains { earlier in
        let folder = try ReportFolder(of: earlier.envelope, workplace: workplace, store: store)
        return try folder.files().contains { file in
          file.path.hasSuffix(name) && (bytes == file.bytes || folder.isProof(bytes, at: path))
        }
      }
  }
}

extension RegistryStore {
  /// Verifies a signed certificate with both signers' keys and reads it.
  func certificate(_ envelope: Digest) throws -> Certificate {
    try certificateStatement(in: try blobs.read(envelope)).predicate(as: Certificate.self)
  }

  /// The statement of a signed certificate, whose subjects are what other tools read.
  func certificateStatement(in envelope: [UInt8]) throws -> Statement {
    let envelopes = try DSSEEnvelope.parse(lines: envelope)
    guard envelopes.count == 1 else {
      throw Failure(
        "a certificate file has \(envelopes.count) lines instead of one", kind: .unverified)
    }
    let trusted = [try key(of: .engine), try key(of: .verifier)]
    let signers = try envelopes[0].verify(trusted: trusted)
    guard signers.count == trusted.count, envelopes[0].payloadType == Statement.payloadType else {
      throw Failure("a certificate is not signed by engine and verifier", kind: .unverified)
    }
    let statement = try Statement(parsing: envelopes[0].payload)
    guard statement.predicateType == Certificate.predicateType else {
      throw Failure(
        "a certificate has the predicate type '\(statement.predicateType)'", kind: .unverified)
    }
    return statement
  }
}
