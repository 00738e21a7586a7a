import Foundation
import Testing

@testable import NeuralNetworks

@Suite("Weight files on disk")
final class OpenWeightFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent(UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func write(_ bytes: [UInt8], _ name: String = "file") throws -> String {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  private func reason(_ work: () throws -> Void) -> String {
    do {
      try work()
      return "accepted"
    } catch {
      return "\(error)"
    }
  }

  @Test("a file on disk gives what the same bytes give in memory")
  func sameTensors() throws {
    for base64 in [PyTorchFixtures.zip, PyTorchFixtures.stream] {
      let bytes = PyTorchFileTests.bytes(base64)
      let file = try WeightFile(opening: try write(bytes))
      for (name, expected) in PyTorchFileTests.expected {
        #expect(try file.tensors[name]?.tensor(in: file.bytes) == expected)
      }
      #expect(file.tensors.count == PyTorchFileTests.expected.count)
    }
  }

  @Test("a file that is cut short or written to while it is read is an error")
  func changedMeanwhile() throws {
    let network = try Network(CanonicalWeightsTests.configuration(300), seed: 7)
    let bytes = CanonicalWeightsTests.expected(network)
    let shorter: (String) throws -> Void = { path in
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.truncate(atOffset: UInt64(bytes.count - 1))
    }
    let other: (String) throws -> Void = { path in
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.write(contentsOf: [0])
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
    }
    for (change, words) in [(shorter, "became shorter while it was read"), (other, "was changed")] {
      let path = try write(bytes)
      let weights = try CanonicalWeights(
        of: try WeightFile(opening: path), for: network.configuration, metadata: [:])
      var pieces = 0
      let reason = reason {
        try weights.write { _ in
          if pieces == 0 { try change(path) }
          pieces += 1
        }
      }
      #expect(reason.contains(words) && reason.contains(path), "\(reason)")
    }
  }

  @Test("a file that is replaced while it is read stays the one that was opened")
  func replaced() throws {
    let network = try Network(CanonicalWeightsTests.configuration(6, hidden: 9), seed: 7)
    let bytes = CanonicalWeightsTests.expected(network)
    let path = try write(bytes)
    let file = try WeightFile(opening: path)
    try FileManager.default.removeItem(atPath: path)
    _ = try write([0])
    #expect(try CanonicalWeightsTests.written(file, network.configuration).bytes == bytes)
  }

  @Test("what is no regular file, missing or too large is refused by name")
  func refusals() throws {
    let fifo = path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    for (name, words) in [
      (fifo, "no regular file"), (folder.path, "no regular file"), ("/dev/zero", "no regular file"),
      (path("absent"), "no such file"), ("a\0b", "NUL"),
    ] {
      let reason = reason { _ = try WeightFile(opening: name) }
      #expect(reason.contains(words) && reason.contains(name), "\(reason)")
    }
    let sparse = try write([])
    #expect(truncate(sparse, off_t(WeightFile.sizeLimit) + 1) == 0)
    let reason = reason { _ = try WeightFile(opening: sparse) }
    #expect(reason.contains("it has \(WeightFile.sizeLimit + 1) bytes; at most"), "\(reason)")
  }

  @Test("narrow weights that widened would be too many are refused before any is read")
  func tooWide() throws {
    let configuration = NetworkConfiguration(
      architecture: "mlp", inputShape: [20, 60_000, 1], labelNames: ["no", "yes"],
      preprocessing: Preprocessing(mean: [0], standardDeviation: [1]),
      hyperparameters: ["hidden": 4096, "features": 5])
    var members: [String] = []
    var end = 0
    for (name, shape) in try Network.tensorShapes(configuration) {
      let begin = end
      end += 2 * Tensor.elementCount(shape)
      members.append(
        #""\#(name)":{"dtype":"F16","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#)
    }
    let header = SafetensorsTests.file("{\(members.joined(separator: ","))}")
    // The elements are a hole in the file, of nearly 10 GB.
    let path = try write(header)
    #expect(truncate(path, off_t(header.count + end)) == 0)
    let file = try WeightFile(opening: path)
    let reason = reason {
      _ = try CanonicalWeights(of: file, for: configuration, metadata: [:])
    }
    #expect(reason.contains("bytes as F32; at most \(WeightFile.sizeLimit)"), "\(reason)")
  }

  @Test("a damaged storage is found while its tensor is read, one that is shared when it is opened")
  func checksums() throws {
    let bytes = PyTorchFileTests.bytes(PyTorchFixtures.zip)
    let members = try ZipArchive(.memory(bytes)).members
    // Storage 0 is the whole of 'a.weight'; 1 is what 'a.transposed' and 'a.part' look at.
    for (key, isFoundAtOnce) in [("0", false), ("1", true)] {
      let member = try #require(members["archive/data/\(key)"])
      var damaged = bytes
      damaged[member.range.lowerBound] ^= 1
      let words = reason { _ = try WeightFile(.memory(damaged)) }
      #expect(words.contains("checksum") == isFoundAtOnce, "\(words)")
      #expect(throws: WeightFileError.self) { try WeightFile.read(damaged) }
    }
  }

  @Test("a tensor without elements may begin anywhere and is empty")
  func emptyTensor() throws {
    // offset 2⁶², shape (0,), strides (1,) of a storage of four floats.
    let operations =
      "}U\u{1}wctorch._utils\n_rebuild_tensor_v2\n"
      + "((U\u{7}storagectorch\nFloatStorage\nU\u{1}0U\u{3}cpuK\u{4}tQ"
      + "\u{8A}\u{8}\0\0\0\0\0\0\0\u{40}K\0\u{85}K\u{1}\u{85}"
      + "\u{89}ccollections\nOrderedDict\n)RtRs."
    let pickle = [0x80, 2] + operations.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let file = ZipWriter.file([
      ("r/data.pkl", pickle), ("r/version", Array("3\n".utf8)),
      ("r/data/0", [UInt8](repeating: 0, count: 16)),
    ])
    #expect(try WeightFile.read(file) == ["w": Tensor(shape: [0], values: [])])
  }

  @Test("pickles longer than the first window are read whole")
  func longPickles() throws {
    // A stream whose object is longer than a megabyte of notes.
    var bytes = PyTorchFileTests.bytes(PyTorchFixtures.smallStream)
    let needle: [UInt8] = [0x7D, 0x71, 0x00, 0x58, 0x01, 0, 0, 0, 0x77]
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: needle) })
    // Before the name 'w': a long text that is put under the memo's number 200, and popped into none.
    let text = [UInt8](repeating: 0x61, count: 2 << 20)
    let note: [UInt8] =
      [0x58] + ZipWriter.word(UInt32(text.count)) + text + [0x71, 200]
    // As the attributes of the dictionary: {text: None} and BUILD.
    bytes.insert(contentsOf: [0x7D] + note + [0x4E, 0x73, 0x62], at: place + 3)
    let expected = try PyTorchFile.read(PyTorchFileTests.bytes(PyTorchFixtures.smallStream))
    #expect(try PyTorchFile.read(bytes) == expected)
    #expect(expected["w"]?.values == [1, 2])
  }
}
