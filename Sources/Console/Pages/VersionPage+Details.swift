import Operations
import Records

extension VersionPage {
  /// Everything that is known of a version.
  static func text(_ version: VersionDetails) -> String {
    var list = list(version.summary)
    list.add("weights", version.weights.description)
    list.add("configuration", version.configuration.description)
    list.add("model root", version.modelRoot.description)
    let sections = [
      list.text, "recipe\n" + recipe(version.lineage.recipe),
      version.certificate.map(certificate) ?? "no certificate\n",
    ]
    return sections.joined(separator: "\n")
  }

  private static func recipe(_ recipe: Recipe) -> String {
    var list = KeyValueList()
    list.add("  method", recipe.method)
    for (name, choice) in recipe.choices.sorted(by: { $0.key < $1.key }) {
      list.add("  \(name)", choice)
    }
    for (name, value) in recipe.constants.sorted(by: { $0.key < $1.key }) {
      list.add("  \(name)", String(value))
    }
    list.add("  seed", String(recipe.seed))
    let environment = recipe.environment
    list.add(
      "  numerics",
      "\(environment.engine), \(environment.matrixLibrary), \(environment.matrixKernel), "
        + environment.architecture)
    return list.text
  }

  private static func certificate(_ certificate: Certificate) -> String {
    var list = KeyValueList()
    list.add("  case", "\(certificate.request.case), \(certificate.request.state.rawValue)")
    list.add("  issued", certificate.issuedAt)
    list.add("  policy", certificate.policy.name)
    list.add("  verdict", certificate.judgement.verdict.rawValue)
    for cap in certificate.judgement.caps { list.add("  capped by", cap) }
    for reason in certificate.judgement.reasons { list.add("  because", reason) }
    for (number, rung) in certificate.rungs.enumerated() {
      list.add(
        "  rung \(number + 1)",
        "\(rung.recipe.method)\(scope(of: rung.recipe)): "
          + rung.judgement.verdict.rawValue)
    }
    let checks = certificate.evidence.checks.map {
      (
        left: $0.id,
        right: "\($0.status.rawValue)\($0.isMandatory ? "" : " (not needed for PASS)")"
          + ": \($0.finding)"
      )
    }
    return "certificate\n" + list.text + "\nchecks\n" + Paragraph.columns(checks) + "\n"
      + notAssessed(certificate)
  }

  private static func scope(of recipe: Recipe) -> String {
    recipe.choices["scope"].map { ", scope \($0)" } ?? ""
  }

  private static func notAssessed(_ certificate: Certificate) -> String {
    guard !certificate.notAssessed.isEmpty else { return "" }
    let lines = certificate.notAssessed.map { (left: "–", right: $0) }
    return "\nnot assessed\n" + Paragraph.columns(lines) + "\n"
  }
}
