import Operations
package import Records

/// `evaluate`: measure how well a version names the classes of a data set.
package struct EvaluateCommand: Command, Equatable {
  package let model: VersionReference
  package let dataset: Name
  package let split: Split
  package let logits: String?
  package let features: String?

  private static let model: Parameter<VersionReference> = .required(
    "--model", .version,
    "the version to measure")
  private static let dataset: Parameter<Name> = .required(
    "--dataset", .name,
    "the data set to measure it on")
  private static let split: Parameter<Split> = .option(
    "--split", .choice, default: Split.test.rawValue,
    "which of its records")
  private static let logits: Parameter<String?> = .optional(
    "--logits", .path("FILE"),
    "write the logits to this file, as safetensors")
  private static let features: Parameter<String?> = .optional(
    "--features", .path("FILE"),
    "write the extractor's features to this file, as safetensors")

  package static let page = CommandPage(
    "evaluate",
    summary: "measure how well a version names the classes of a data set",
    discussion: """
      Runs every record of the split through the version once and prints how many it
      names rightly, in all and of each class, with the exact interval of Clopper and
      Pearson at 95 %. It says, too, how many of the records the version was trained on:
      on those it is no measure of what it will do with others.

      The files have a row a record, in the manifest's order, and beside it the tensor
      'labels'. They are made from people's records and are personal data as these are.
      """,
    parameters: [
      model.declaration, dataset.declaration, split.declaration, logits.declaration,
      features.declaration,
    ],
    examples: [
      "imu-registry evaluate --model v1 --dataset japanese-vowels",
      "imu-registry evaluate --model production --dataset fashion-mnist --logits l.safetensors",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    model = try arguments[Self.model]
    dataset = try arguments[Self.dataset]
    split = try arguments[Self.split]
    logits = try arguments[Self.logits]
    features = try arguments[Self.features]
    if let logits, logits == features { throw .conflict("--logits", "--features") }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let evaluation = try context.workplace.evaluate(order)
    try context.show(evaluation) { EvaluationPage.text(evaluation) }
    return .done
  }
}

extension EvaluateCommand {
  /// The command in the words of the verb.
  var order: EvaluateOrder {
    var order = EvaluateOrder(version: model.description, dataset: dataset.text)
    order.split = split
    order.logitsPath = logits
    order.featuresPath = features
    return order
  }
}
