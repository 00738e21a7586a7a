import Records

extension Report {
  /// The commands with which an auditor checks the certificate and the version without us.
  var verificationSection: Section {
    let commands = AuditorCommands(certificate: certificate, files: context.files)
    var place: [Fact] = [Fact(name: "Certificate file", value: .code(context.files.certificate))]
    if let digest = context.certificateDigest {
      place.append(Fact(name: "Its SHA-256", value: .digest(digest)))
    }
    if let index = context.logIndex {
      place.append(Fact(name: "Entry in the registry's log", value: Phrase(String(index))))
    }
    if let previous = certificate.previousCertificate {
      place.append(Fact(name: "Certificate before this one", value: .digest(previous)))
    }
    return Section(
      id: "verify", title: "How to verify",
      blocks: [
        .facts(place),
        .paragraph(
          "Run these in the folder of this report. Get the public key from the organisation by another way than this folder, or the check only shows that the folder agrees with itself."
        ),
        .heading("1. The certificate's signature, with openssl"),
        .paragraph("The last command must print \(code: "Verified OK")."),
        .commands(commands.signature),
        .heading("2. What the certificate says"),
        .paragraph(
          "The second command must print \(code: "1"), as the signed text names the version's digest; the third prints the SHA-256 above."
        ),
        .commands(commands.statement),
        .heading("3. The version's bytes, with the OpenSSF model-signing tool"),
        .paragraph(
          "The first command reads the registry: set \(code: "IMU_REGISTRY") to its folder before, or be given the exported folder by the organisation. The last command must print \(code: "\(certificate.version.weights.hex)")."
        ),
        .commands(commands.model),
        .heading("4. The registry, and the run itself"),
        .paragraph(
          "\(code: "audit") hashes and verifies everything again; \(code: "--re-execute") runs the recipe again and compares the weights byte by byte. Both exit with status 0 when all is as signed."
        ),
        .commands(commands.registry),
      ])
  }
}

/// What an auditor types: POSIX shell, openssl, base64, sed and nothing of ours where possible.
struct AuditorCommands {
  let certificate: Certificate
  let files: AuditorFiles

  private var version: String { Shell.quoted(Names.short(certificate.version.name)) }
  private var program: String {
    let registry = files.registry.map { " --registry \(Shell.quoted($0))" } ?? ""
    return Shell.quoted(files.program) + registry
  }

  /// The envelope taken apart and its signature checked over the DSSE pre-authentication encoding.
  var signature: String {
    let file = Shell.quoted(files.certificate)
    return """
      sed -n 's/.*"payload":"\\([^"]*\\)".*/\\1/p' \(file) | base64 -d > statement.json
      sed -n 's/.*"sig":"\\([^"]*\\)".*/\\1/p' \(file) | base64 -d > statement.sig
      { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < statement.json)"
        cat statement.json; } > statement.pae
      openssl dgst -sha256 -verify \(Shell.quoted(files.publicKey)) -signature statement.sig statement.pae
      """
  }

  /// The verdict and the new version's digest, looked up in the signed text.
  var statement: String {
    """
    python3 -m json.tool statement.json
    grep -c \(Shell.quoted(certificate.version.digest.hex)) statement.json
    sha256sum \(Shell.quoted(files.certificate))
    """
  }

  var model: String {
    let folder = Shell.quoted(files.modelDirectory)
    let signature = Shell.quoted("\(files.modelDirectory)/\(files.modelSignature)")
    return """
      \(program) export \(version) --to \(folder)
      python3 -m venv auditor
      auditor/bin/pip install model-signing==1.1.1 pyopenssl
      auditor/bin/model_signing verify key \(folder) --signature \(signature) --public_key \(Shell.quoted(files.publicKey))
      sha256sum \(Shell.quoted("\(files.modelDirectory)/\(files.weights)"))
      """
  }

  var registry: String {
    """
    \(program) audit \(version)
    \(program) verify \(version) --re-execute
    """
  }
}
