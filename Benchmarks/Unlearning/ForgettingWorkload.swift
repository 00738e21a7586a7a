import FoundationEssentials
import NeuralNetworks
import Operations
import Records
import Registry
import Unlearning

/// IMU of a classifier on features that a registry keeps: ResNet-18, pictures of CIFAR's shape, three
/// epochs over so many records, twice.
struct ForgettingWorkload {
  /// Seconds, and the records that went through the extractor.
  struct Cost {
    let seconds: Double
    let made: Int
  }

  private let records: Int
  private let threads: Int
  private let folder: String
  private let work: Workplace
  private let network: Network

  init(records: Int, threads: Int) throws {
    self.records = records
    self.threads = threads
    folder = "\(FileManager.default.temporaryDirectory.path)/imu-benchmark-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    work = Workplace(registryPath: "\(folder)/Registry", threads: threads)
    _ = try work.initialise(model: "benchmark")
    try Self.writePictures(2 * records, to: "\(folder)/pictures.bin")
    var order = DatasetOrder(name: "pictures")
    order.format = "cifar-10"
    order.training = ["\(folder)/pictures.bin"]
    _ = try work.addDataset(order)
    network = try Network(
      NetworkConfiguration(
        architecture: "resnet18", inputShape: [32, 32, 3],
        labelNames: (0..<10).map { "\($0)" },
        preprocessing: Preprocessing(
          mean: [0.5, 0.5, 0.5], standardDeviation: [0.3, 0.3, 0.3]),
        hyperparameters: ["stem": 3]),
      seed: 1)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// One label byte and 3,072 bytes of noise a picture.
  private static func writePictures(_ count: Int, to path: String) throws {
    var generator = SeededGenerator(seed: 3)
    var bytes: [UInt8] = []
    for record in 0..<count {
      bytes.append(UInt8(record % 10))
      for _ in 0..<3_072 / 8 {
        let word = generator.next()
        for shift in stride(from: 0, to: 64, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
      }
    }
    try Data(bytes).write(to: URL(filePath: path))
  }

  /// A plain forward pass over the first records, features and logits.
  func forward() throws -> Double {
    let examples = try shelved().examples
    let inputs = try examples.inputs(at: Array(0..<records))
    return try Self.seconds { _ = network.logits(of: inputs, threads: threads) }
  }

  /// Forgets the first records, whose features nobody has made yet, then has all features kept.
  func firstRequest() throws -> Cost {
    let (shelf, examples) = try shelved(0..<records)
    let seconds = try Self.seconds { try forget(examples) }
    let cost = Cost(seconds: seconds, made: shelf.madeCount)
    let all = try shelved()
    for chunk in all.examples.chunks {
      _ = try all.examples.features(at: chunk, by: network, threads: threads)
    }
    try all.shelf.flush()
    return cost
  }

  /// Forgets the other records, as a later command does: what is kept is found on the disk.
  func secondRequest() throws -> (cost: Cost, opening: Double) {
    var found: (shelf: FeatureShelf, examples: StoredExamples)?
    let opening = try Self.seconds { found = try shelved(records..<2 * records) }
    guard let found else { preconditionFailure("examples that were just made") }
    let seconds = try Self.seconds { try forget(found.examples) }
    return (Cost(seconds: seconds, made: found.shelf.madeCount), opening)
  }

  private func forget(_ examples: StoredExamples) throws {
    let recipe = try UnlearningMethods.recipe(
      method: "imu", constants: ["epochCount": 3, "stopConfidencePartsPerMillion": 0], seed: 1,
      environment: try numericEnvironment())
    let result = try UnlearningMethod.imu.run(
      UnlearningInput(network: network, forget: examples, recipe: recipe, threads: threads))
    precondition(result.trace.epochCount == 3, "three epochs")
  }

  private func shelved(
    _ positions: Range<Int>? = nil
  ) throws -> (shelf: FeatureShelf, examples: StoredExamples) {
    let shelf = FeatureShelf(
      network, in: try numericEnvironment(), registryPath: work.registryPath, withholding: nil,
      startedAt: Moment.now())
    let store = try RegistryStore(openingAt: work.registryPath)
    let material = try Material(datasets: ["pictures"], in: store)
    let root = try store.dataset(named: "pictures").root
    let selection = RecordSelection(positions ?? 0..<2 * records)
    return (shelf, try material.examples([root: selection], shelf: shelf))
  }

  private static func seconds(_ work: () throws -> Void) throws -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
