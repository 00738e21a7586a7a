import Records

extension Report {
  /// The commands with which an auditor checks the certificate and the version without us.
  var verificationSection: Section {
    let commands = AuditorCommands(certificate: certificate, files: context.files)
    var place: [Fact] = [Fact(name: "Certificate file", value: .code(context.files.certificate))]
    if let digest = context.certificateDigest {
      place.append(Fact(name: "Its SHA-256", value: .digest(digest)))
    }
    place.append(Fact(name: "Event that issued it", value: .code(context.files.event)))
    place.append(Fact(name: "Proof that the log holds it", value: .code(context.files.proof)))
    if let index = context.logIndex {
      place.append(Fact(name: "Entry in the registry's log", value: Phrase(String(index))))
    }
    if let head = context.logHead {
      place.append(Fact(name: "The log when this was written, size and root", value: .code(head)))
    }
    if let previous = certificate.previousCertificate {
      place.append(Fact(name: "Certificate before this one", value: .digest(previous)))
    }
    return Section(
      id: "verify", title: "How to verify",
      blocks: [
        .facts(place),
        .paragraph(
          "Run these in the folder of this report, in one shell and in their order; what they make goes to a folder of its own, so that nothing changes here. Get the public keys from the organisation by another way than this folder, or the checks only show that the folder agrees with itself."
        ),
        .heading("1. The certificate's signatures and its place in the log, with a short script"),
        .paragraph(
          "Every line must begin with \(code: "good:"), and the exit status must be 0. The script reads what lies beside it and needs a POSIX shell, openssl 3, sed, awk and the core utilities; read it before you run it."
        ),
        .commands(commands.script),
        .heading("2. The certificate's signatures alone, with openssl"),
        .paragraph(
          "Both engine and verifier signed; it must print \(code: "Signature Verified Successfully") twice."
        ),
        .commands(commands.signature),
        .heading("3. What the certificate says"),
        .paragraph(
          "The second command must print \(code: "1"), as the signed text names the version's digest; the third prints the SHA-256 above."
        ),
        .commands(commands.statement),
        .heading("4. The version's bytes, with the OpenSSF model-signing tool"),
        .paragraph(
          "The first command reads the registry: set \(code: "IMU_REGISTRY") to its folder before, or be given the exported folder by the organisation. The last command must print \(code: "\(certificate.version.weights.hex)")."
        ),
        .commands(commands.model),
        .heading("5. The registry, and the run itself"),
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

  /// Everything that the files beside the report let one check.
  var script: String { "sh \(Shell.quoted(files.script))" }

  /// Where an auditor's own files go: what is added below the folder of reports, links above all, an
  /// audit finds there.
  private static let folder = "auditor=${auditor:-$(mktemp -d)}"

  /// The envelope taken apart and its signatures checked over the DSSE pre-authentication encoding.
  var signature: String {
    let file = Shell.quoted(files.certificate)
    return """
      \(Self.folder)
      sed -n 's/.*"payload":"\\([^"]*\\)".*/\\1/p' \(file) | base64 -d > "$auditor"/statement.json
      { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$auditor"/statement.json)"
        cat "$auditor"/statement.json; } > "$auditor"/statement.pae
      for key in \(Shell.quoted(files.engineKey)) \(Shell.quoted(files.verifierKey)); do
        keyid=$(sha256sum < "$key" | sed 's/ .*//')
        sed -n 's/.*"keyid":"'"$keyid"'","sig":"\\([^"]*\\)".*/\\1/p' \(file) | base64 -d > "$auditor"/statement.sig
        openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$auditor"/statement.pae -sigfile "$auditor"/statement.sig
      done
      """
  }

  /// The verdict and the new version's digest, looked up in the signed text.
  var statement: String {
    """
    python3 -m json.tool "$auditor"/statement.json
    grep -c \(Shell.quoted(certificate.version.digest.hex)) "$auditor"/statement.json
    sha256sum \(Shell.quoted(files.certificate))
    """
  }

  var model: String {
    let folder = #""$auditor"/\#(Shell.quoted(files.modelDirectory))"#
    return """
      \(Self.folder)
      \(program) export \(version) --to \(folder)
      python3 -m venv "$auditor"/venv
      "$auditor"/venv/bin/pip install model-signing==1.1.1 pyopenssl
      "$auditor"/venv/bin/model_signing verify key \(folder) --signature \(folder)/\(Shell.quoted(files.modelSignature)) --public_key \(Shell.quoted(files.publisherKey))
      sha256sum \(folder)/\(Shell.quoted(files.weights))
      """
  }

  var registry: String {
    """
    \(program) audit \(version)
    \(program) verify \(version) --re-execute
    """
  }
}
