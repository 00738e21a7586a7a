import Foundation
import NeuralNetworks
import Records
import Registry
import Testing

@testable import Operations

@Suite("Kept features")
struct FeatureTests {
  private func evaluate(_ place: Place, _ version: String, _ split: Split) throws -> Evaluation {
    var order = EvaluateOrder(version: version, dataset: "people")
    order.split = split
    return try place.work.evaluate(order)
  }

  private func kept(_ place: Place) throws -> [DerivedData] {
    try place.store { try $0.derivedData() }
  }

  /// The records of person 1, of both splits.
  private func person(_ place: Place) throws -> RecordSelection {
    try place.store { store in
      try store.manifest(try store.dataset(named: "people").root)
        .records(aboutAnybodyIn: try Selector(canonicalText: "pid=1"))
    }
  }

  /// The features of the training split by v1's extractor, and how many records had to be read.
  private func features(_ place: Place) throws -> (values: [Float], made: Int) {
    let (shelf, examples, network) = try place.store { store in
      let network = try store.network(of: try store.version(named: "v1"))
      let material = try Material(datasets: ["people"], in: store)
      let shelf = FeatureShelf(
        network, in: try numericEnvironment(), registryPath: place.path("Registry"),
        withholding: nil, startedAt: "2026-11-25T00:00:00Z")
      return (shelf, try material.examples(material.trainingRecords, shelf: shelf), network)
    }
    let features = try examples.features(
      at: Array((0..<examples.count).reversed()), by: network, threads: 2)
    try shelf.flush()
    return (features.values, shelf.madeCount)
  }

  @Test("are made once: whoever asks again gets the same bits without a forward pass")
  func once() throws {
    let place = try Made.trained()
    let first = try features(place)
    #expect(first.made == 24)
    let second = try features(place)
    #expect(second.made == 0 && second.values == first.values)
    #expect(try kept(place).map(\.records.count) == [24])
    // What was kept of one split serves a command that asks for both.
    let test = try evaluate(place, "v1", .test)
    #expect(try evaluate(place, "v1", .test).accuracy.correct == test.accuracy.correct)
    #expect(try kept(place).map(\.records.count).sorted() == [15, 24])
    #expect(place.audit() == (true, ""))
  }

  @Test("of a person are gone after their request, and the audit proves it")
  func erased() throws {
    let place = try Made.trained()
    _ = try evaluate(place, "v1", .training)
    _ = try evaluate(place, "v1", .test)
    let before = try kept(place)
    let person = try person(place)
    #expect(person.count == 9)
    #expect(before.reduce(0) { $0 + $1.records.intersection(person).count } == 9)
    try place.forget("v1")
    let after = try kept(place)
    #expect(after.map(\.records.count).sorted() == [12, 18])
    #expect(after.allSatisfy { $0.records.intersection(person).isEmpty })
    let files = try place.files().filter { $0.hasPrefix("Registry/work/features/") }
    #expect(Set(files) == Set(after.map { "Registry/work/features/\($0.digest.hex)" }))
    #expect(place.audit() == (true, ""))
    let findings = try place.store { try $0.derivedDataFindings() }
    #expect(findings.count { $0.message.contains("none of a person whose request") } == 2)
    // Nor does a later command keep them.
    _ = try evaluate(place, "v2", .training)
    #expect(try kept(place) == after)
    try place.forget("v2") { $0.target = .pass }
    #expect(try kept(place).allSatisfy { $0.records.intersection(person).isEmpty })
    #expect(place.audit() == (true, ""))
  }

  @Test("left of a person are found by the audit")
  func left() throws {
    let place = try Made.forgotten()
    let person = try person(place)
    try place.store { store in
      let root = try store.dataset(named: "people").root
      let features = Tensor(zeros: [person.count, 3])
      try store.keep(
        FeatureSegment.draft(
          features, of: person, root: root, key: root, try numericEnvironment()),
        at: "2026-11-25T00:00:00Z")
    }
    #expect(place.audit().text.contains("holds features of 9 records of the person"))
    try place.store { try $0.eraseDerivedData(at: "2026-11-25T00:00:00Z") }
    #expect(place.audit() == (true, ""))
  }

  @Test("change nothing of what forgetting finds")
  func same() throws {
    let cold = try Made.trained()
    let warm = try Made.trained()
    _ = try evaluate(warm, "v1", .training)
    _ = try evaluate(warm, "v1", .test)
    let found = try [cold, warm].map { place in
      try place.forget("v1")
      return (try place.entry("v2").weights, try place.certificate().evidence)
    }
    #expect(found[0].0 == found[1].0 && found[0].1 == found[1].1)
    #expect(try warm.work.verify("v2", reExecute: true).isVerified)
  }

  @Test("serve the training of a classifier on an extractor that stays as it is")
  func frozen() throws {
    let cold = try Made.trained()
    let warm = try Made.trained()
    _ = try evaluate(warm, "v1", .training)
    let before = try kept(warm)
    let weights = try [cold, warm].map { place in
      try place.train {
        $0.parent = "v1"
        $0.freezesExtractor = true
      }
      return try place.store { try $0.version(named: "v2").weights }
    }
    #expect(weights[0] == weights[1])
    // Person 1, whose request is approved but not met, is left out of the training alone.
    #expect(try kept(warm) == before)
    #expect(try kept(cold).map(\.records.count) == [18])
    #expect(try warm.work.verify("v2", reExecute: true).isVerified)
  }

  @Test("that were changed are refused, and the audit names the file")
  func changed() throws {
    let place = try Made.trained()
    _ = try evaluate(place, "v1", .test)
    let entry = try #require(try kept(place).first)
    let file = "Registry/work/features/\(entry.digest.hex)"
    var bytes = try place.read(file)
    bytes[bytes.count - 2] ^= 1
    try place.write(file, bytes)
    let failure = failure { _ = try evaluate(place, "v1", .test) }
    #expect(failure?.message.contains(entry.digest.hex) == true)
    #expect(place.audit().text.contains(entry.digest.hex))
  }

  @Test("without this registry's receipt are used by nobody, and the audit names them")
  func orphan() throws {
    let (place, other) = (try Made.trained(), try Place())
    try other.train()
    _ = try evaluate(other, "v1", .test)
    let file = try #require(try kept(other).first).digest.hex
    try place.put(
      "Registry/work/features/\(file)", other.read("Registry/work/features/\(file)"), mode: 0o600)
    #expect(try kept(place) == [])
    #expect(place.audit().text.contains("its receipt is not signed by this registry"))
  }

  @Test("are another network's where a weight, a mean or the environment differs")
  func keys() throws {
    let place = try Made.trained()
    let network = try place.store { try $0.network(of: try $0.version(named: "v1")) }
    let environment = try numericEnvironment()
    let key = FeatureKey.digest(of: network, in: environment)
    var classifier = network
    classifier.classifier.bias.values[0] += 1
    #expect(classifier.hasSameExtractor(as: network))
    #expect(FeatureKey.digest(of: classifier, in: environment) == key)
    var tensors = Dictionary(
      uniqueKeysWithValues: network.tensors.map { ($0.name, $0.tensor) })
    let name = try #require(network.tensors.first?.name)
    let value = try #require(tensors[name]?.values[0])
    #expect(try Network(network.configuration, tensors: tensors).hasSameExtractor(as: network))
    tensors[name]?.values[0] = value.nextUp
    let nudged = try Network(network.configuration, tensors: tensors)
    #expect(!nudged.hasSameExtractor(as: network))
    #expect(FeatureKey.digest(of: nudged, in: environment) != key)
    let other = NumericEnvironment(
      architecture: environment.architecture, matrixLibrary: environment.matrixLibrary,
      matrixKernel: "another", engine: environment.engine)
    #expect(FeatureKey.digest(of: network, in: other) != key)
  }
}
