package import NeuralNetworks
package import Records

/// A method of unlearning as a value: what it is called, what can be set, and what it does.
package struct UnlearningMethod: Sendable {
  /// Something set by name, with the names it can be set to.
  package struct Choice: Hashable, Sendable {
    package let name: String
    /// One sentence for a person who sets it.
    package let summary: String
    package let allowed: [String]
    /// What it is when nobody sets it.
    package let standard: String
    /// What it was before it could be set, for recipes of that time; nil when they all have it.
    package let whenAbsent: String?

    init(
      name: String, summary: String, allowed: [String], standard: String,
      whenAbsent: String? = nil
    ) {
      self.name = name
      self.summary = summary
      self.allowed = allowed
      self.standard = standard
      self.whenAbsent = whenAbsent
    }
  }

  /// A number, its unit in its name, with the range it must lie in.
  package struct Constant: Hashable, Sendable {
    package let name: String
    /// One sentence for a person who sets it.
    package let summary: String
    package let range: ClosedRange<Int>
    /// What it is when nobody sets it.
    package let standard: Int
    /// What it is instead when the whole network is trained, where that differs.
    package let standardForScopeAll: Int?
    /// What it was before it could be set, for recipes of that time; nil when they all have it.
    package let whenAbsent: Int?

    init(
      name: String, summary: String, range: ClosedRange<Int>, standard: Int,
      standardForScopeAll: Int? = nil, whenAbsent: Int? = nil
    ) {
      self.name = name
      self.summary = summary
      self.range = range
      self.standard = standard
      self.standardForScopeAll = standardForScopeAll
      self.whenAbsent = whenAbsent
    }
  }

  /// How a recipe and a command name it, such as `imu`.
  package let name: String
  package let title: String
  /// Whether it reads records that stay.
  package let needsRetainSet: Bool
  package let choices: [Choice]
  package let constants: [Constant]
  let body: Body

  typealias Body =
    @Sendable (UnlearningInput, RecipeValues, (UnlearningProgress) throws -> Void) throws ->
    UnlearningResult

  /// Makes a network that has forgotten.
  ///
  /// The result depends on the input alone, not on the number of threads.
  ///
  /// - Throws: `UnlearningError` for a recipe or numbers that do not fit, `NetworkError` for records
  ///   that do not fit the network, and what `progress` throws, which cancels.
  package func run(
    _ input: UnlearningInput, progress: (UnlearningProgress) throws -> Void = { _ in }
  ) throws -> UnlearningResult {
    let values = try RecipeValues(input.recipe, of: self)
    guard input.forget.count > 0 else { throw UnlearningError.noForgetRecords(method: name) }
    try input.network.check(input.forget)
    if let retain = input.retain { try input.network.check(retain) }
    return try body(input, values, progress)
  }
}

/// What a method of unlearning is given.
package struct UnlearningInput: Sendable {
  /// The network that knows too much.
  package let network: Network
  /// The records to forget, D_f.
  package let forget: any ExampleSource
  /// The records that stay, D_r, for the methods that need them.
  package let retain: (any ExampleSource)?
  package let recipe: Recipe
  /// Workers; no result depends on how many.
  package let threads: Int
  /// What retraining by the same recipe on the same records had come to; nil begins anew.
  package let state: TrainingState?

  package init(
    network: Network, forget: any ExampleSource, retain: (any ExampleSource)? = nil,
    recipe: Recipe, threads: Int, from state: TrainingState? = nil
  ) {
    self.network = network
    self.forget = forget
    self.retain = retain
    self.recipe = recipe
    self.threads = threads
    self.state = state
  }
}

/// What a method of unlearning leaves.
package struct UnlearningResult: Sendable {
  package let network: Network
  package let trace: ForgettingTrace
}

/// How far a method has come.
package struct UnlearningProgress: Sendable {
  /// Epochs begun, from 1.
  package let epoch: Int
  package let epochCount: Int
  /// Steps taken.
  package let step: Int
  /// Steps in all; nil where a stop rule may end them earlier.
  package let stepCount: Int?
  /// Mean loss in nats: of the forget set, or of the training set while retraining.
  package let loss: Double
  /// What retraining can go on from, after each of its epochs.
  package let state: TrainingState?

  init(
    epoch: Int, epochCount: Int, step: Int, stepCount: Int? = nil, loss: Double,
    state: TrainingState? = nil
  ) {
    self.epoch = epoch
    self.epochCount = epochCount
    self.step = step
    self.stepCount = stepCount
    self.loss = loss
    self.state = state
  }

  /// The finest count of how much is done.
  package var done: Int { stepCount == nil ? epoch : step }
  /// Of how much.
  package var total: Int { stepCount ?? epochCount }
}
