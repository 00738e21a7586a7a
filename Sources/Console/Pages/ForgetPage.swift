import Operations
import Records

/// How `forget` ended, as people read it: the answer first, then what it rests on.
enum ForgetPage {
  static func text(_ outcome: ForgetOutcome) -> String {
    let list = list(outcome).text
    return outcome.sentence.oneLine + "\n" + (list.isEmpty ? "" : "\n" + list)
  }

  /// The command to run next, where there is one.
  static func next(_ outcome: ForgetOutcome, subject: Selector) -> String? {
    guard outcome.ending == .certified, outcome.state == .mitigated, outcome.verdict == .warn,
      let version = outcome.version?.shortVersion
    else { return nil }
    let options = subject.options("--subject").shortened(to: 200)
    return "imu-registry forget --model \(version) \(options) --until pass"
  }

  /// Why a version that was made mitigates nothing, and what to do about it; nil where it does.
  static func shortfall(_ outcome: ForgetOutcome) -> (message: String, hint: String)? {
    guard outcome.ending == .certified, !outcome.meetsFloor else { return nil }
    let verdict =
      "the verdict on \(outcome.version?.shortVersion ?? "the version") is "
      + "\(outcome.verdict?.rawValue ?? "unknown"), and no alias moved"
    guard !outcome.exploresOnly else {
      return (
        "nobody allowed the policy, so it explores only: \(verdict)",
        "'imu-registry policy allow FILE' lets it mitigate; then run this again"
      )
    }
    return (
      "no method met the policy's floor: \(verdict)",
      "the report says why; 'imu-registry help forget' lists the constants of the methods"
    )
  }

  private static func list(_ outcome: ForgetOutcome) -> KeyValueList {
    var list = KeyValueList()
    guard outcome.ending == .certified else { return list }
    list.add("verdict", outcome.verdict?.rawValue)
    list.add(
      "version",
      outcome.version.map { "\($0.shortVersion), made from \(outcome.model.shortVersion)" })
    list.add(
      "exposure",
      "extractor \(outcome.exposure.extractor.rawValue), "
        + "classifier \(outcome.exposure.classifier.rawValue)")
    for (number, rung) in outcome.rungs.enumerated() { list.add("rung \(number + 1)", rung) }
    for cap in outcome.caps { list.add("capped by", cap) }
    list.add(
      "request",
      outcome.request.map { id in
        outcome.state.map { "\(id), \($0.rawValue)" } ?? id
      })
    let moved = outcome.movedAliases.joined(separator: ", ")
    list.add("aliases moved", moved.isEmpty ? "none" : moved)
    list.add("report", outcome.reportPath)
    return list
  }
}
