package import Records

/// The report of one certificate, for the officer who decides and the auditor who checks.
///
/// Both texts are pure functions of the certificate and the context: the same values give the same
/// bytes. They say the same things in the same order, the answer first.
package struct Report: Hashable, Sendable {
  package let certificate: Certificate
  package let context: ReportContext

  package init(certificate: Certificate, context: ReportContext) {
    self.certificate = certificate
    self.context = context
  }

  /// The answer that an officer can act on: one sentence, and a warning before it where one is due.
  package var answer: String { Answer(certificate: certificate, context: context).sentence }

  /// The report as GitHub-flavoured Markdown; figures appear as their tables.
  package var markdown: String { MarkdownRenderer.render(document) }

  /// The report as one HTML file without scripts and without outside resources.
  package var html: String { HTMLRenderer.render(document) }
}
