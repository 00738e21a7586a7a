import Records

/// `check.sh`: all that can be checked of a certificate without this program.
///
/// It runs with any POSIX shell, openssl 3, sed, awk and the core utilities, and reads nothing but
/// the files beside the report.
package struct AuditorScript: Hashable, Sendable {
  package let files: AuditorFiles

  package init(files: AuditorFiles) { self.files = files }

  /// The bytes of the file that `files.script` names, as text.
  package var text: String {
    [opening, Self.envelopes, Self.inclusion, Self.checks].joined(separator: "\n\n") + "\n"
  }

  private var opening: String {
    #"""
    #!/bin/sh
    # Checks a certificate of unlearning: both of its signatures, that an event issued it, and that
    # the event is in the log whose keeper signed the checkpoint. Prints a line a check and exits 0,
    # or says what is bad and exits 1. It reads what lies beside it. Keys that came with the folder
    # only show that the folder agrees with itself: compare them with keys got another way.
    case $0 in */*) CDPATH='' cd -- "${0%/*}/" || exit 1 ;; esac
    certificate=\#(Shell.quoted(files.certificate))
    event=\#(Shell.quoted(files.event))
    proof=\#(Shell.quoted(files.proof))
    engine=\#(Shell.quoted(files.engineKey))
    verifier=\#(Shell.quoted(files.verifierKey))
    log=\#(Shell.quoted(files.logKey))
    predicate=\#(Shell.quoted(Certificate.predicateType))
    """#
  }

  /// What is checked, in order.
  private static let checks = #"""
    key engine "$engine"
    key verifier "$verifier"
    key log "$log"
    same "$engine" "$verifier" && bad 'engine and verifier are one key'
    envelope certificate "$certificate"
    [ "$type" = application/vnd.in-toto+json ] && says predicateType "$predicate" ||
      bad 'the certificate is no certificate of unlearning'
    envelope event "$event"
    says kind certificate-issued || bad 'the event issues no certificate'
    says envelope "sha256:$(digest "$certificate")" || bad 'the event is about another certificate'
    good 'the event issues this certificate'
    { printf '\000'; cat "$event"; } | hashed >"$work/leaf"
    : >"$work/copy"
    logged <"$proof"
    same "$proof" "$work/copy" || bad "'$proof' is not whole lines of text"
    """#
}
