import Operations
package import Records

/// `train`: train a version and record whom it has seen.
package struct TrainCommand: Command, Equatable {
  /// A part of a network.
  package enum Part: String, Sendable, CaseIterable { case extractor }

  /// How a gradient becomes a step.
  package enum Optimiser: String, Sendable, CaseIterable { case sgd, adam }

  /// How the step size changes over the epochs, or with every step.
  package enum Schedule: String, Sendable, CaseIterable {
    case cosine, constant, step
    case oneCycle = "one-cycle"
  }

  /// What is done to pictures before they are learned from.
  package enum Augmentation: String, Sendable, CaseIterable {
    case none
    case shiftFlip = "shift-flip"
  }

  package let dataset: Name
  package let parent: VersionReference?
  package let architecture: Name?
  package let only: Selector?
  package let without: Selector?
  package let fractionPartsPerMillion: Int?
  package let freeze: Part?
  package let epochs: Int?
  package let learningRatePartsPerBillion: Int?
  package let batchSize: Int?
  package let weightDecayPartsPerBillion: Int?
  package let optimiser: Optimiser?
  package let schedule: Schedule?
  package let augmentation: Augmentation?
  package let greatestShiftPixels: Int?
  package let seed: UInt64?
  package let alias: Name?

  private static let dataset: Parameter<Name> = .required(
    "--dataset", .name,
    "the data set to learn from")
  private static let parent: Parameter<VersionReference?> = .optional(
    "--parent", .version,
    "go on from the weights of this version, else from the seed")
  private static let architecture: Parameter<Name?> = .optional(
    "--architecture", .name,
    "the network; the parent's when there is one")
  private static let only: Parameter<Selector?> = .optionalSelectors(
    "--only",
    "train on these records only; may be repeated")
  private static let without: Parameter<Selector?> = .optionalSelectors(
    "--without",
    "leave these records out; may be repeated")
  private static let fractionPartsPerMillion: Parameter<Int?> = .optional(
    "--fraction", .partsPerMillion(1...1_000_000),
    "train on this share of the records")
  private static let freeze: Parameter<Part?> = .optional(
    "--freeze", .choice,
    "leave this part of the parent as it is")
  private static let epochs: Parameter<Int?> = .optional(
    "--epochs", .whole(1...100_000),
    "how often every record is seen")
  private static let learningRatePartsPerBillion: Parameter<Int?> = .optional(
    "--learning-rate", .partsPerBillion(1...10_000_000_000),
    "the first step size")
  private static let batchSize: Parameter<Int?> = .optional(
    "--batch-size", .whole(1...65_536),
    "how many records a step sees")
  private static let weightDecayPartsPerBillion: Parameter<Int?> = .optional(
    "--weight-decay", .partsPerBillion(0...1_000_000_000),
    "the weight of the squared norm")
  private static let optimiser: Parameter<Optimiser?> = .optional(
    "--optimiser", .choice,
    "how a gradient becomes a step")
  private static let schedule: Parameter<Schedule?> = .optional(
    "--schedule", .choice,
    "how the step size changes; one-cycle suits few epochs")
  private static let augmentation: Parameter<Augmentation?> = .optional(
    "--augmentation", .choice,
    "whether pictures are shifted and mirrored as they are learned")
  private static let greatestShiftPixels: Parameter<Int?> = .optional(
    "--shift", .whole(0...1_000),
    "by how many pixels at most; black comes in at the edge")
  private static let seed: Parameter<UInt64?> = .optional(
    "--seed", .whole(0...UInt64(Int64.max)),
    "what initialisation, order and augmentation are drawn from")
  private static let alias: Parameter<Name?> = .optional(
    "--alias", .alias,
    "let this alias name the new version")

  package static let page = CommandPage(
    "train",
    summary: "train a version and record whom it has seen",
    discussion: """
      Trains a network and stores it as the next version, together with the recipe and
      with exactly the records that each part of it was trained on. The same recipe on
      the same records gives the same bytes, whatever the number of threads.

      A training that is broken off leaves what its last epoch came to in the registry:
      the same command goes on from there, to the same bytes. It is removed once the
      version is stored, or when somebody in it is to be forgotten. A training during which
      a request of somebody among its records is approved ends, and stores no version.

      What is not given comes from the architecture's own recipe; 'show' says what was
      taken.
      """,
    parameters: [
      dataset.declaration, parent.declaration, architecture.declaration, only.declaration,
      without.declaration, fractionPartsPerMillion.declaration, freeze.declaration,
      epochs.declaration, learningRatePartsPerBillion.declaration, batchSize.declaration,
      weightDecayPartsPerBillion.declaration, optimiser.declaration, schedule.declaration,
      augmentation.declaration, greatestShiftPixels.declaration, seed.declaration,
      alias.declaration,
    ],
    examples: [
      "imu-registry train --dataset japanese-vowels --fraction 1/2",
      "imu-registry train --dataset japanese-vowels --parent v2 --freeze extractor --alias production",
      "imu-registry train --dataset fashion-mnist --epochs 5 --optimiser sgd --learning-rate 0.1 "
        + "--schedule one-cycle --batch-size 128 --augmentation shift-flip",
    ],
    statuses: [
      .refused: "the alias would come to name a version that holds a forgotten person"
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    dataset = try arguments[Self.dataset]
    parent = try arguments[Self.parent]
    architecture = try arguments[Self.architecture]
    only = try arguments[Self.only]
    without = try arguments[Self.without]
    fractionPartsPerMillion = try arguments[Self.fractionPartsPerMillion]
    freeze = try arguments[Self.freeze]
    epochs = try arguments[Self.epochs]
    learningRatePartsPerBillion = try arguments[Self.learningRatePartsPerBillion]
    batchSize = try arguments[Self.batchSize]
    weightDecayPartsPerBillion = try arguments[Self.weightDecayPartsPerBillion]
    optimiser = try arguments[Self.optimiser]
    schedule = try arguments[Self.schedule]
    augmentation = try arguments[Self.augmentation]
    greatestShiftPixels = try arguments[Self.greatestShiftPixels]
    seed = try arguments[Self.seed]
    alias = try arguments[Self.alias]
    if freeze != nil, parent == nil { throw .needs("--freeze", "--parent") }
    if greatestShiftPixels != nil, augmentation != .shiftFlip {
      throw .needs("--shift", "--augmentation shift-flip")
    }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let made = try context.workplace.train(order)
    try context.show(made) { VersionPage.text(made) }
    let name = made.name.shortVersion
    guard let alias = alias?.text, !made.aliases.contains(alias) else { return .done }
    context.warn(
      "alias '\(alias)' stays where it is: \(name) would expose a person with a request again",
      hint: "'imu-registry promote \(name) --alias \(alias)' names the requests")
    return .refused
  }
}

extension TrainCommand {
  /// The command in the words of the verb.
  var order: TrainOrder {
    var order = TrainOrder(dataset: dataset.text)
    order.parent = parent?.description
    order.architecture = architecture?.text
    order.only = only
    order.without = without
    order.fractionPartsPerMillion = fractionPartsPerMillion
    order.freezesExtractor = freeze == .extractor
    order.choices["optimiser"] = optimiser?.rawValue
    order.choices["schedule"] = schedule?.rawValue
    order.choices["augmentation"] = augmentation?.rawValue
    order.constants["epochCount"] = epochs
    order.constants["learningRatePartsPerBillion"] = learningRatePartsPerBillion
    order.constants["batchSize"] = batchSize
    order.constants["weightDecayPartsPerBillion"] = weightDecayPartsPerBillion
    order.constants["greatestShiftPixels"] = greatestShiftPixels
    if let seed { order.seed = seed }
    order.alias = alias?.text
    return order
  }
}
