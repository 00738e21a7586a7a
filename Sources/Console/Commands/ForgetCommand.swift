import Operations
package import Records

/// `forget`: make a version that has forgotten a person.
package struct ForgetCommand: Command, Equatable {
  /// Which part of the network changes.
  package enum Scope: String, Sendable, CaseIterable { case classifier, all }

  /// How the influence of a record is computed (algorithms A.1.5 and the published variant).
  package enum Influence: String, Sendable, CaseIterable {
    case exact
    case diagonalFisher = "diagonal-fisher"
  }

  /// Which forget records are used.
  package enum Selection: String, Sendable, CaseIterable { case all, negative }

  /// What happens to running statistics.
  package enum BatchNormalisation: String, Sendable, CaseIterable { case frozen, training }

  package let model: VersionReference
  package let subject: Selector
  package let request: RequestID?
  package let goal: Verdict
  package let policy: String?
  package let method: Name?
  package let scope: Scope?
  package let influence: Influence?
  package let select: Selection?
  package let topRatioPartsPerMillion: Int?
  package let l1PartsPerBillion: Int?
  package let updateFrequency: Int?
  package let batchNormalisation: BatchNormalisation?
  package let epochs: Int?
  package let learningRatePartsPerBillion: Int?
  package let seed: UInt64?
  package let isDryRun: Bool

  private static let model: Parameter<VersionReference> = .required(
    "--model", .version,
    "the version that is to forget, or an alias")
  private static let subject: Parameter<Selector> = .selectors(
    "--subject",
    "whose records; repeat it for more")
  private static let request: Parameter<RequestID?> = .optional(
    "--request", .request,
    "the request it is done for; found by the subject when left out")
  private static let goal: Parameter<Verdict> = .option(
    "--until", .choice([("warn", .warn), ("pass", .pass)]), default: "warn",
    "which verdict to reach before it stops")
  private static let policy: Parameter<String?> = .optional(
    "--policy", .path("FILE"),
    "the policy that judges; Policies/gdpr-art17.json when left out")
  private static let method: Parameter<Name?> = .optional(
    "--method", .name,
    "try this method only, such as imu or retrain, instead of the policy's ladder")
  private static let scope: Parameter<Scope?> = .optional(
    "--scope", .choice,
    "which part of the network IMU changes")
  private static let influence: Parameter<Influence?> = .optional(
    "--influence", .choice,
    "how the influence of a record is computed")
  private static let select: Parameter<Selection?> = .optional(
    "--select", .choice,
    "which forget records IMU uses: all, or those of negative influence")
  private static let topRatioPartsPerMillion: Parameter<Int?> = .optional(
    "--top-ratio", .partsPerMillion(1...1_000_000),
    "the share of the chosen records that is used, strongest first")
  private static let l1PartsPerBillion: Parameter<Int?> = .optional(
    "--l1", .partsPerBillion(0...1_000_000_000),
    "the weight of the l1 norm of the classifier")
  private static let updateFrequency: Parameter<Int?> = .optional(
    "--update-frequency", .whole(0...2),
    "when influence is computed: 0 once, 1 each epoch, 2 each second epoch")
  private static let batchNormalisation: Parameter<BatchNormalisation?> = .optional(
    "--batch-normalisation", .choice,
    "whether running statistics stay as they are")
  private static let epochs: Parameter<Int?> = .optional(
    "--epochs", .whole(1...100_000),
    "how often the forget records are seen")
  private static let learningRatePartsPerBillion: Parameter<Int?> = .optional(
    "--learning-rate", .partsPerBillion(1...10_000_000_000),
    "the step size")
  private static let seed: Parameter<UInt64?> = .optional(
    "--seed", .whole(0...UInt64(Int64.max)),
    "what order and initialisation are drawn from")
  private static let isDryRun: Parameter<Bool> = .flag(
    "--dry-run", "say what would be done and change nothing")

  package static let page = CommandPage(
    "forget",
    summary: "make a version that has forgotten a person",
    discussion: """
      Finds out whether the version holds the person's records; makes a version that has
      forgotten them; measures, from the stored bytes and with attacks, whether it has;
      signs what was found, and writes a report and a certificate.

      The policy has a ladder of methods, from influence-guided unlearning (IMU, arXiv
      2508.01620) to training again without the person. By default the first rung that
      meets the policy's floor ends the climb, in seconds: WARN means that the request is
      mitigated. With --until pass it climbs until the verdict is PASS, which closes the
      request.

      Only a policy that the log allows may mitigate and close; any other file explores,
      and moves nothing (see 'policy allow').

      A version that never saw the person is clear: that is said, and nothing is made.
      Constants that are given here replace those of every rung that has them. The
      request must have been approved.

      \(SelectorHelp.text)
      """,
    parameters: [
      model.declaration, subject.declaration, request.declaration, goal.declaration,
      policy.declaration, method.declaration, scope.declaration, influence.declaration,
      select.declaration, topRatioPartsPerMillion.declaration, l1PartsPerBillion.declaration,
      updateFrequency.declaration, batchNormalisation.declaration, epochs.declaration,
      learningRatePartsPerBillion.declaration, seed.declaration, isDryRun.declaration,
    ],
    examples: [
      "imu-registry forget --model v3 --subject pid=1",
      "imu-registry forget --model v4 --subject pid=1 --until pass",
      "imu-registry forget --model production --subject record=@ids.txt --dry-run",
    ],
    statuses: [
      .done: "done, and the verdict meets the policy's floor; or the version was clear",
      .refused:
        "no method reached the policy's floor, nobody allowed it, or the request is not approved",
      .unverified: "the version, or something it needs, is not what was stored",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    model = try arguments[Self.model]
    subject = try arguments[Self.subject]
    request = try arguments[Self.request]
    goal = try arguments[Self.goal]
    policy = try arguments[Self.policy]
    method = try arguments[Self.method]
    scope = try arguments[Self.scope]
    influence = try arguments[Self.influence]
    select = try arguments[Self.select]
    topRatioPartsPerMillion = try arguments[Self.topRatioPartsPerMillion]
    l1PartsPerBillion = try arguments[Self.l1PartsPerBillion]
    updateFrequency = try arguments[Self.updateFrequency]
    batchNormalisation = try arguments[Self.batchNormalisation]
    epochs = try arguments[Self.epochs]
    learningRatePartsPerBillion = try arguments[Self.learningRatePartsPerBillion]
    seed = try arguments[Self.seed]
    isDryRun = try arguments[Self.isDryRun]
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let outcome = try context.workplace.forget(order)
    try context.show(outcome) { ForgetPage.text(outcome) }
    if let next = ForgetPage.next(outcome, subject: subject) { context.note("next: \(next)") }
    guard let shortfall = ForgetPage.shortfall(outcome) else { return .done }
    context.warn(shortfall.message, hint: shortfall.hint)
    return .refused
  }
}

extension ForgetCommand {
  /// The command in the words of the verb.
  var order: ForgetOrder {
    var order = ForgetOrder(model: model.description, subject: subject)
    order.request = request?.text
    // Under the policy's floor nothing is reached, so a lower goal is the floor itself.
    order.target = goal == .pass ? .pass : nil
    order.policyPath = policy
    order.method = method?.text
    order.choices = choices
    order.constants = constants
    if let seed { order.seed = seed }
    order.isDryRun = isDryRun
    return order
  }

  private var choices: [String: String] {
    let given = [
      "scope": scope?.rawValue, "influence": influence?.rawValue, "select": select?.rawValue,
      "batchNormalisation": batchNormalisation?.rawValue,
    ]
    return given.compactMapValues { $0 }
  }

  private var constants: [String: Int] {
    let given = [
      "topRatioPartsPerMillion": topRatioPartsPerMillion,
      "l1StrengthPartsPerBillion": l1PartsPerBillion, "updateFrequency": updateFrequency,
      "epochCount": epochs, "learningRatePartsPerBillion": learningRatePartsPerBillion,
    ]
    return given.compactMapValues { $0 }
  }
}
