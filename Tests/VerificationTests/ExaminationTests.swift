import NeuralNetworks
import Records
import Testing

@testable import Verification

/// Five people as five clouds in the plane; the first asks to be forgotten.
private struct People: Sendable {
  /// Trained once for all tests.
  static let shared = Result { try People() }

  static let count = 5

  static func records(_ people: Range<Int>, each: Int, seed: UInt64) -> Examples {
    var generator = SeededGenerator(seed: seed)
    var values: [Float] = []
    var labels: [Int] = []
    for index in 0..<people.count * each {
      let person = people.lowerBound + index % people.count
      // The corners of a square and its middle.
      let centre = [(0.0, 0.0), (3, 3), (-3, 3), (3, -3), (-3, -3)][person]
      for coordinate in [centre.0, centre.1] {
        let noise = (0..<4).reduce(0.0) { sum, _ in sum + generator.uniform() - 0.5 }
        values.append(Float(coordinate + noise))
      }
      labels.append(person)
    }
    return Examples(
      inputs: Tensor(shape: [labels.count, 1, 1, 2], values: values), labels: labels)
  }

  static func network(_ examples: Examples, seed: UInt64) throws -> Network {
    let configuration = NetworkConfiguration(
      architecture: "mlp", inputShape: [1, 1, 2], labelNames: (1...count).map { "pid \($0)" },
      preprocessing: Preprocessing(mean: [0, 0], standardDeviation: [3, 3]),
      hyperparameters: ["hidden": 16, "features": 8])
    var network = try Network(configuration, seed: seed)
    try train(
      &network, on: examples,
      settings: TrainingSettings(epochs: 30, batchSize: 16, learningRate: 0.05, seed: seed),
      threads: 1)
    return network
  }

  let forget = records(0..<1, each: 30, seed: 1)
  let retain = records(1..<5, each: 60, seed: 2)
  let heldOut = records(0..<1, each: 31, seed: 3)
  let test = records(1..<5, each: 85, seed: 4)
  let original: Network
  let retrained: Network
  let references: [Network]

  init() throws {
    let everything = Examples(
      inputs: Tensor(
        shape: [forget.count + retain.count, 1, 1, 2],
        values: forget.inputs.values + retain.inputs.values),
      labels: forget.labels + retain.labels)
    original = try Self.network(everything, seed: 10)
    retrained = try Self.network(retain, seed: 11)
    references = [try Self.network(retain, seed: 12), try Self.network(retain, seed: 13)]
  }

  func examination(
    _ candidate: Network, _ exposure: ComponentExposure, threads: Int = 1, covered: Int = 30
  ) throws -> Examination {
    Examination(
      of: candidate,
      against: try Comparison(
        original: original, references: references,
        records: ExaminedRecords(forget: forget, retain: retain, heldOut: heldOut, test: test),
        threads: threads),
      provenance: Synthetic.provenance(exposure, covered: covered), threads: threads)
  }

  /// The original with one scalar changed: the bias of the person's class.
  var suppressed: Network {
    var network = original
    network.classifier.bias.values[0] -= 50
    return network
  }
}

@Suite struct ExaminationTests {
  private let people: People
  private let policy: Policy

  init() throws {
    people = try People.shared.get()
    policy = try PolicyReaderTests.policy()
  }

  @Test("a model retrained without the person passes, small as the forget set is")
  func retrained() throws {
    let (evidence, judgement, notAssessed) = try examine(
      people.examination(people.retrained, Synthetic.clear), policy: policy)
    #expect(judgement.verdict == .pass, "\(judgement)")
    #expect(judgement.caps.isEmpty)
    let attack = try #require(evidence.checks.first { $0.id == "population-membership" })
    #expect(attack.status == .inconclusive)
    #expect(evidence.checks.map(\.id) == Checks.all.map(\.id))
    #expect(evidence.classes.map(\.testCount) == [31, 85, 85, 85, 85])
    #expect(evidence.classes[0].candidateCorrect == 0 && evidence.classes[0].originalCorrect > 25)
    #expect(evidence.distributions.count == 6)
    #expect(
      evidence.distributions.allSatisfy {
        $0.counts.count == 20 && [30, 31].contains($0.counts.reduce(0, +))
      })
    #expect(notAssessed.contains { $0.contains("U-LiRA") })
  }

  @Test("one scalar of the classifier changed suppresses outputs, and never passes")
  func biasShift() throws {
    let candidate = people.suppressed
    let (evidence, judgement, _) = try examine(
      people.examination(candidate, Synthetic.exposed), policy: policy)
    #expect(judgement.verdict == .warn, "\(judgement)")
    #expect(judgement.caps.contains("output suppression; representation unchanged"))
    #expect(evidence.tensors.filter { $0.changedCount > 0 }.map(\.name) == ["fc.bias"])
    #expect(evidence.tensors.last?.changedCount == 1)
    // Nor when the registry's records claim that it never saw the person.
    let claimed = try examine(people.examination(candidate, Synthetic.clear), policy: policy)
    #expect(claimed.judgement.verdict == .fail)
    // Nor when the extractor is touched in one last bit.
    var touched = Dictionary(
      uniqueKeysWithValues: candidate.tensors.map { ($0.name, $0.tensor) })
    let value = touched["fc1.weight"]?.values[0] ?? 0
    touched["fc1.weight"]?.values[0] = value.nextUp
    let nudged = try Network(candidate.configuration, tensors: touched)
    let judged = try examine(people.examination(nudged, Synthetic.exposed), policy: policy)
    #expect(judged.judgement.verdict == .warn)
    #expect(judged.judgement.caps.contains { $0.contains("representation") })
  }

  @Test("the original in the candidate's place fails")
  func unchanged() throws {
    let judged = try examine(
      people.examination(people.original, Synthetic.exposed), policy: policy)
    #expect(judged.judgement.verdict == .fail)
  }

  @Test("a model that still answers the person fails whatever its provenance says")
  func contradiction() throws {
    // Trained on everything with another seed, but called clear.
    let everything = Examples(
      inputs: Tensor(
        shape: [270, 1, 1, 2],
        values: people.forget.inputs.values + people.retain.inputs.values),
      labels: people.forget.labels + people.retain.labels)
    let liar = try People.network(everything, seed: 99)
    let judged = try examine(people.examination(liar, Synthetic.clear), policy: policy)
    #expect(judged.judgement.verdict == .fail, "\(judged.judgement)")
  }

  @Test("evidence does not depend on the number of threads or on the run")
  func deterministic() throws {
    let texts = try [1, 2, 4, 1].map { threads in
      let judged = try examine(
        people.examination(people.suppressed, Synthetic.exposed, threads: threads), policy: policy)
      return CanonicalText.encode(judged.evidence) + CanonicalText.encode(judged.judgement)
    }
    #expect(texts.allSatisfy { $0 == texts[0] })
  }

  @Test("what cannot be examined is an error that names it")
  func errors() throws {
    let none = people.forget.selecting([])
    func examination(
      candidate: Network? = nil, forget: Examples? = nil, test: Examples? = nil, requested: Int = 30
    ) throws -> Examination {
      Examination(
        of: candidate ?? people.original,
        against: try Comparison(
          original: people.original, references: [],
          records: ExaminedRecords(
            forget: forget ?? people.forget, retain: nil, heldOut: none, test: test ?? people.test),
          threads: 1),
        provenance: Synthetic.provenance(
          Synthetic.exposed, covered: requested, requested: requested),
        threads: 1)
    }
    #expect(throws: VerificationError.emptyForgetSet) {
      try examine(examination(forget: none), policy: policy)
    }
    #expect(throws: VerificationError.emptyTestSet) {
      try examine(examination(test: none), policy: policy)
    }
    #expect(throws: VerificationError.forgetSetMismatch(examined: 30, requested: 29)) {
      try examine(examination(requested: 29), policy: policy)
    }
    var broken = people.original
    broken.classifier.bias.values[0] = .nan
    #expect(
      throws: VerificationError.notFinite(role: .candidate, records: "the forget set", index: 0)
    ) { try examine(examination(candidate: broken), policy: policy) }
    // Without retain records, held-out records and references it still works, and says so.
    let (evidence, judgement, notAssessed) = try examine(
      examination(candidate: people.suppressed), policy: policy)
    #expect(judgement.verdict == .warn)
    #expect(evidence.checks.contains { $0.status == .notAssessed })
    #expect(notAssessed.contains { $0.contains("No model was retrained") })
  }

  @Test("a candidate is judged alike after others, by answers that were made once")
  func reuse() throws {
    let examination = try people.examination(people.suppressed, Synthetic.exposed)
    let first = try examine(examination, policy: policy)
    for candidate in [people.original, people.suppressed] {
      let again = try examine(
        Examination(
          of: candidate, against: examination.comparison, provenance: examination.provenance,
          threads: 1),
        policy: policy)
      #expect(
        (again.evidence == first.evidence) == (candidate.tensors == people.suppressed.tensors))
    }
  }

  @Test("throwing from progress cancels")
  func cancel() throws {
    struct Cancelled: Error {}
    #expect(throws: Cancelled.self) {
      try examine(people.examination(people.original, Synthetic.exposed), policy: policy) { _ in
        throw Cancelled()
      }
    }
  }
}
