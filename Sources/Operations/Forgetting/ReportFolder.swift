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
  private let version: VersionEntry
  private let store: RegistryStore
  private let isNewest: Bool

  struct File {
    let path: String
    let bytes: [UInt8]
    /// Whether it names the person.
    let isPersonal: Bool
  }

  init(of envelope: Digest, workplace: Workplace, store: RegistryStore) throws {
    guard let certificate = store.state.certificates.first(where: { $0.envelope == envelope })
    else { throw Failure("there is no certificate \(envelope.short)") }
    self.certificate = certificate
    self.store = store
    version = store.state.entry(certificate.version)
    let name =
      try store.readable(certificate.ordinal)?.id
      ?? store.state.cases[certificate.ordinal].number.text
    path = "\(workplace.reportsPath)/\(name)"
    isNewest =
      store.state.certificates(for: certificate.ordinal).last { $0.papers != nil }?.envelope
      == envelope
  }

  /// The files in the version's own folder and, for the newest certificate with papers, at the top.
  func files() throws -> [File] {
    let files = try papers() + evidence()
    return ["\(path)/\(version.shortName)", path].prefix(isNewest ? 2 : 1).flatMap { folder in
      files.map {
        File(path: "\(folder)/\($0.path)", bytes: $0.bytes, isPersonal: $0.isPersonal)
      }
    }
  }

  /// The papers as they were sealed.
  private func papers() throws -> [File] {
    let scope = SealedScope.request(store.state.cases[certificate.ordinal].number)
    return try (certificate.papers ?? [:]).sorted { ByteOrder.precedes($0.key, $1.key) }.map {
      name, opening in
      let paper = try store.sealed.open(PaperOpening.self, opening, in: scope)
      guard paper.name == name, ReportFiles.papers.contains(name) else {
        throw Failure("paper '\(name)' of the registry is another", kind: .unverified)
      }
      return File(path: name, bytes: Array(paper.text.utf8), isPersonal: true)
    }
  }

  /// What an auditor checks without this program.
  private func evidence() throws -> [File] {
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
    return fixed.map { File(path: $0, bytes: $1, isPersonal: false) }
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
