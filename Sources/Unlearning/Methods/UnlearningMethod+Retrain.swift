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
    // A leftover batch of one joins the batch before it.
    let joined = settings.batchSize > 1 && retain.count > settings.batchSize
    let stepsPerEpoch =
      (retain.count + settings.batchSize - (joined ? 2 : 1)) / settings.batchSize
    try train(&network, on: retain, settings: settings, threads: input.threads) { state in
      guard state.meanLoss.isFinite else {
        throw UnlearningError.diverged(
          "the training loss", method: "retrain", step: state.epoch * stepsPerEpoch,
          advice: "lower learningRatePartsPerBillion")
      }
      try progress(
        UnlearningProgress(
          epoch: state.epoch, epochCount: state.epochs, step: state.epoch * stepsPerEpoch,
          loss: state.meanLoss))
    }
    try UnlearningError.check(
      network, madeBy: "retrain", afterStep: settings.epochs * stepsPerEpoch)
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
        epochCount: settings.epochs, stepCount: settings.epochs * stepsPerEpoch,
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
    name: "schedule", summary: "how the learning rate goes down from epoch to epoch",
    allowed: ["constant", "cosine", "step"], standard: "cosine")
  static let preprocessing = Choice(
    name: "preprocessing",
    summary: "refitted takes means and deviations over the records that stay; kept takes the old",
    allowed: ["refitted", "kept"], standard: "refitted")

  static let learningRate = Constant(
    name: "learningRatePartsPerBillion", summary: "the learning rate of the first epoch",
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

  static let choices = [optimiser, schedule, preprocessing]
  static let constants = [
    learningRate, momentum, weightDecay, batchSize, epochCount, stepEpochCount, stepFactor,
  ]

  static func settings(_ values: RecipeValues) -> TrainingSettings {
    let schedule: Schedule =
      switch values.choice(schedule) {
      case "constant": .constant
      case "cosine": .cosine
      default: .step(every: values.integer(stepEpochCount), factor: values.number(stepFactor))
      }
    return TrainingSettings(
      epochs: values.integer(epochCount), batchSize: values.integer(batchSize),
      optimiser: values.choice(optimiser) == "sgd"
        ? .sgd(momentum: values.number(momentum)) : .adam(),
      learningRate: values.number(learningRate), schedule: schedule,
      weightDecay: values.number(weightDecay), seed: values.seed)
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
