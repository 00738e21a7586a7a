import NeuralNetworks
import Records

extension UnlearningMethod {
  /// Training from fresh weights on the records that stay: the exact way, and the dearest.
  ///
  /// Nothing of the old network is read but its configuration, and of that not the preprocessing
  /// where it is refitted, because its means were taken over the forget set, too. The constants
  /// should be those the network was trained with.
  package static let retrain = UnlearningMethod(
    name: "retrain", title: "Retraining without the forget set", needsRetainSet: true,
    choices: RetrainParameters.choices, constants: RetrainParameters.constants, body: runRetrain)

  private static func runRetrain(
    _ input: UnlearningInput, _ values: RecipeValues,
    _ progress: (UnlearningProgress) throws -> Void
  ) throws -> UnlearningResult {
    guard let retain = input.retain, retain.count > 0 else {
      throw UnlearningError.retainSetMissing(method: "retrain")
    }
    let settings = RetrainParameters.settings(values)
    var network = try Network(
      try RetrainParameters.configuration(input.network.configuration, for: retain, values),
      seed: values.seed)
    try train(
      &network, on: retain, settings: settings, threads: input.threads, from: input.state
    ) { now in
      guard now.meanLoss.isFinite else {
        throw UnlearningError.diverged(
          "the training loss", method: "retrain", step: now.step,
          advice: "lower learningRatePartsPerBillion")
      }
      try progress(
        UnlearningProgress(
          epoch: now.state == nil ? now.epoch + 1 : now.epoch, epochCount: now.epochs,
          step: now.step, stepCount: now.steps, loss: now.meanLoss, state: now.state))
    }
    let stepCount = settings.epochs * settings.stepsPerEpoch(records: retain.count)
    try UnlearningError.check(
      [.extractor, .classifier], of: network, madeBy: "retrain", afterStep: stepCount)
    let measurements = try [input.network, network].map {
      try ForgetMeasurement(of: $0, over: input.forget, threads: input.threads)
    }
    return UnlearningResult(
      network: network,
      trace: ForgettingTrace(
        forgetLossPartsPerMillion: measurements.compactMap { Parts.perMillion($0.loss) },
        forgetConfidencePartsPerMillion: measurements.compactMap {
          Parts.perMillion($0.confidence)
        },
        epochCount: settings.epochs, stepCount: stepCount,
        coveredRecords: input.forget.count, usesRetainSet: true,
        figures: ["retainRecords": retain.count],
        stopReason: "all \(settings.epochs) epochs are done"))
  }
}

/// The choices and constants of retraining, which are those of training.
enum RetrainParameters {
  typealias Choice = UnlearningMethod.Choice
  typealias Constant = UnlearningMethod.Constant

  static let optimiser = Choice(
    name: "optimiser", summary: "how weights follow the gradient", allowed: ["adam", "sgd"],
    standard: "adam")
  static let schedule = Choice(
    name: "schedule",
    summary: "how the learning rate goes down: from epoch to epoch, or one-cycle with every step",
    allowed: ["constant", "cosine", "step", "one-cycle"], standard: "cosine")
  static let augmentation = Choice(
    name: "augmentation",
    summary: "shift-flip shifts pictures by a few pixels and mirrors every second one",
    allowed: ["none", "shift-flip"], standard: "none", whenAbsent: "none")
  static let preprocessing = Choice(
    name: "preprocessing",
    summary: "refitted takes means and deviations over the records that stay; kept takes the old",
    allowed: ["refitted", "kept"], standard: "refitted")

  static let learningRate = Constant(
    name: "learningRatePartsPerBillion", summary: "the greatest learning rate, mostly the first",
    range: 0...1_000_000_000, standard: 3_000_000)
  static let momentum = Constant(
    name: "momentumPartsPerMillion", summary: "the momentum of SGD; Adam has its own",
    range: 0...999_999, standard: 900_000)
  static let weightDecay = Constant(
    name: "weightDecayPartsPerBillion", summary: "the weight decay", range: 0...1_000_000_000,
    standard: 500_000)
  static let batchSize = Constant(
    name: "batchSize", summary: "records a step", range: 1...1_000_000, standard: 32)
  static let epochCount = Constant(
    name: "epochCount", summary: "passes over the records that stay", range: 1...100_000,
    standard: 40)
  static let stepEpochCount = Constant(
    name: "scheduleStepEpochCount", summary: "epochs between the falls of the step schedule",
    range: 1...100_000, standard: 30)
  static let stepFactor = Constant(
    name: "scheduleFactorPartsPerMillion", summary: "what the step schedule multiplies by",
    range: 0...1_000_000, standard: 100_000)

  static let rise = Constant(
    name: "scheduleRisePartsPerMillion",
    summary: "the share of all steps over which the one-cycle schedule goes up",
    range: 0...1_000_000, standard: 200_000, whenAbsent: 200_000)
  static let greatestShift = Constant(
    name: "greatestShiftPixels",
    summary: "by how many pixels augmentation shifts at most; black comes in at the edge",
    range: 0...1_000, standard: 2, whenAbsent: 2)

  static let choices = [optimiser, schedule, preprocessing, augmentation]
  static let constants = [
    learningRate, momentum, weightDecay, batchSize, epochCount, stepEpochCount, stepFactor, rise,
    greatestShift,
  ]

  static func settings(_ values: RecipeValues) -> TrainingSettings {
    let schedule: Schedule =
      switch values.choice(schedule) {
      case "constant": .constant
      case "cosine": .cosine
      case "one-cycle": .oneCycle(rise: values.number(rise))
      default: .step(every: values.integer(stepEpochCount), factor: values.number(stepFactor))
      }
    return TrainingSettings(
      epochs: values.integer(epochCount), batchSize: values.integer(batchSize),
      optimiser: values.choice(optimiser) == "sgd"
        ? .sgd(momentum: values.number(momentum)) : .adam(),
      learningRate: values.number(learningRate), schedule: schedule,
      weightDecay: values.number(weightDecay), seed: values.seed,
      augmentation: values.choice(augmentation) == "shift-flip"
        ? .shiftFlip(greatestShift: values.integer(greatestShift)) : .none)
  }

  static func configuration(
    _ old: NetworkConfiguration, for retain: any ExampleSource, _ values: RecipeValues
  ) throws -> NetworkConfiguration {
    guard values.choice(preprocessing) == "refitted" else { return old }
    return NetworkConfiguration(
      architecture: old.architecture, inputShape: old.inputShape, labelNames: old.labelNames,
      preprocessing: try Preprocessing(
        standardising: retain, zeroPadded: old.preprocessing.zeroPadded),
      hyperparameters: old.hyperparameters)
  }
}
