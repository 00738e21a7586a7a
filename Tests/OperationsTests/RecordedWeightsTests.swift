import NeuralNetworks
import Records
import Testing

@testable import Operations

@Suite("Recorded weights")
struct RecordedWeightsTests {
  /// Where the bytes below were recorded; other kernels round otherwise.
  private static let environment = NumericEnvironment(
    architecture: "x86_64", matrixLibrary: "OpenBLAS 0.3.21", matrixKernel: "SkylakeX",
    engine: "imu-registry-engine/3")

  /// Recorded when SQLite was still what a registry rested on.
  private static let recorded = [
    "44c58ffb94ed0708c52069513443590216ba242cca9c2b9d555074f86f5ca205",
    "5e8555736b73f20ca55bc2513c6a346fb220e208dd1f2efa4e71e55302ff0bf6",
    "5fff66b234a78bf4cdddc48c9e3d1bc2f027d4550d70446f49e00230dd5c0d53",
    "01173357843db4246783f49cd19302d77ff94eaf9c364af877fbadefa6e3ba3f",
    "44c58ffb94ed0708c52069513443590216ba242cca9c2b9d555074f86f5ca205",
  ]

  @Test(
    "train, forget by IMU and by retraining, train on a frozen extractor, import: the same bytes",
    .enabled(if: (try? numericEnvironment()) == Self.environment))
  func weights() throws {
    let place = try Made.forgotten()
    try place.train { ($0.parent, $0.freezesExtractor) = ("v1", true) }
    _ = try place.work.export("v1", to: place.path("out"))
    var order = ImportOrder(path: place.path("out/model.safetensors"))
    order.configurationPath = place.path("out/config.json")
    _ = try place.work.importModel(order)
    let made = try (1...5).map { try place.work.version("v\($0)").weights.hex }
    #expect(made == Self.recorded)
  }
}
