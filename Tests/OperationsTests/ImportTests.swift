import Foundation
import NeuralNetworks
import Records
import Testing

@testable import Operations
@testable import Registry

@Suite("Importing checkpoints")
struct ImportTests {
  private struct Stop: Error {}

  /// About 5 MB, which are two pieces.
  private static let configuration = NetworkConfiguration(
    architecture: "mlp", inputShape: [1, 300, 1], labelNames: ["no", "yes"],
    preprocessing: Preprocessing(mean: [0], standardDeviation: [1]),
    hyperparameters: ["hidden": 4096, "features": 5])

  /// An order for a file of these weights and their configuration.
  private func order(
    _ place: Place, _ change: (inout [(name: String, tensor: Tensor)]) -> Void = { _ in }
  ) throws -> ImportOrder {
    let network = try Network(Self.configuration, seed: 5)
    var tensors = network.tensors.map { (name: $0.name, tensor: $0.tensor) }
    change(&tensors)
    try place.write("large.safetensors", Safetensors.write(tensors))
    try place.write("large.json", CanonicalText.encode(Self.configuration))
    var order = ImportOrder(path: place.path("large.safetensors"))
    order.configurationPath = place.path("large.json")
    return order
  }

  @Test("an exported version is imported to the same weights, which verify")
  func sameDigest() throws {
    let place = try Made.trained()
    _ = try place.work.export("v1", to: place.path("out"))
    var order = ImportOrder(path: place.path("out/model.safetensors"))
    order.configurationPath = place.path("out/config.json")
    let imported = try place.work.importModel(order)
    let (first, second) = (try place.work.version("v1"), try place.work.version(imported.name))
    #expect(first.weights == second.weights && first.configuration == second.configuration)
    #expect(first.modelRoot == second.modelRoot)
    #expect(try place.work.verify("v2", reExecute: false).isVerified)
    #expect(place.audit() == (true, ""))
  }

  @Test("weights that a version has already hold what that holds, whatever is said of them")
  func exposedAgain() throws {
    let place = try Made.trained()
    try place.train { $0.only = try? Selector("pid=2") }
    _ = try place.work.export("v1", to: place.path("out"))
    var order = ImportOrder(path: place.path("out/model.safetensors"))
    order.configurationPath = place.path("out/config.json")
    (order.trainedOn, order.only) = ("people", try Selector("pid=2"))
    let imported = try place.work.importModel(order)
    #expect(imported.name == "speakers@v3" && imported.parent == "speakers@v1")
    #expect(try place.exposure(of: "v3") == .exposed)
    #expect(
      place.notices.contains(
        "v3 has the weights of v1, byte for byte: it counts as made from it, and holds what that holds"
      ))
    order.parent = "v2"
    let refused = failure { _ = try place.work.importModel(order) }
    #expect(refused?.kind == .refused)
    #expect(refused?.message.contains("of v1, byte for byte: it cannot be made from v2") == true)
    #expect(place.audit() == (true, ""))
  }

  @Test("the bytes in the store are those of the network's own file")
  func sameBytes() throws {
    let place = try Place()
    let imported = try place.work.importModel(try order(place))
    let files = NetworkFiles(try Network(Self.configuration, seed: 5))
    let version = try place.work.version(imported.name)
    #expect(version.weights == files.weightsDigest)
    #expect(version.configuration == files.configurationDigest)
    let stored = try place.store { store in try store.blobs.read(version.weights) }
    #expect(stored == files.weights)
  }

  @Test("an import that fails or is stopped leaves nothing behind")
  func nothingLeft() throws {
    let place = try Place()
    let before = try place.files().filter { $0.hasPrefix("Registry") }
    let damaged = try order(place) { tensors in
      guard let last = tensors.firstIndex(where: { $0.name == "fc2.weight" }) else { return }
      tensors[last].tensor.values[5 * 4096 - 1] = .nan
    }
    let words = failure { _ = try place.work.importModel(damaged) }?.message
    #expect(words == "'\(damaged.path)': tensor 'fc2.weight' has a value that is not finite")
    #expect(try place.files().filter { $0.hasPrefix("Registry") } == before)

    let whole = try order(place)
    let cut: (Operations.Progress) throws -> Void = { _ in
      let file = try FileHandle(forWritingTo: URL(filePath: whole.path))
      try file.truncate(atOffset: 5_000_000)
    }
    #expect(stopped(place, whole, by: cut)?.message.contains("became shorter") == true)
    #expect(try place.files().filter { $0.hasPrefix("Registry") } == before)

    let again = try order(place)
    #expect(throws: Stop.self) {
      try work(place) { if $0.done > 0 { throw Stop() } }.importModel(again)
    }
    #expect(try place.files().filter { $0.hasPrefix("Registry") } == before)
    #expect(try place.work.importModel(again).name == "speakers@v1")
    #expect(place.audit() == (true, ""))
  }

  private func work(
    _ place: Place, _ progress: @escaping (Operations.Progress) throws -> Void
  ) -> Workplace {
    place.work(threads: 1, progress: progress)
  }

  private func stopped(
    _ place: Place, _ order: ImportOrder,
    by progress: @escaping (Operations.Progress) throws -> Void
  ) -> Failure? {
    failure { _ = try work(place, progress).importModel(order) }
  }

  @Test("weights that do not fit their configuration are no version that verifies")
  func misfit() throws {
    let place = try Place()
    _ = try place.work.importModel(try order(place))
    let other = NetworkConfiguration(
      architecture: "mlp", inputShape: [1, 300, 1], labelNames: ["no", "yes", "maybe"],
      preprocessing: Self.configuration.preprocessing,
      hyperparameters: Self.configuration.hyperparameters)
    try place.commitAgain(configuration: CanonicalText.encode(other)) {
      Recipe(method: "train", seed: 0, environment: $0.environment)
    }
    for text in [place.audit().text, place.audit("v2").text] {
      #expect(text.contains("misshapen fc.weight [2, 5] instead of [3, 5]"), "\(text)")
    }
    #expect(place.audit("v1") == (true, ""))
  }

  @Test("differences read from the files are those of the networks")
  func differences() throws {
    let place = try Place()
    _ = try place.work.importModel(try order(place))
    _ = try place.work.importModel(
      try order(place) { tensors in
        for index in tensors.indices { tensors[index].tensor.values[0] += Float(index) }
      })
    let found = try place.work.difference("v1", "v2")
    #expect(found.sameConfiguration && found.tensors.count == 6)
    // The first tensor was moved by nothing.
    #expect(found.tensors.map(\.changedCount) == [0, 1, 1, 1, 1, 1])
    #expect(found.tensors.map(\.elementCount) == [1_228_800, 4096, 20480, 5, 10, 2])
    #expect(found.tensors[0].relativeChangePartsPerMillion == 0)
    let network = try Network(Self.configuration, seed: 5)
    let norm = network.tensors[5].tensor.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(
      found.tensors[5].relativeChangePartsPerMillion
        == Int((5_000_000 / norm.squareRoot()).rounded()))
  }
}
