import FoundationEssentials
import Testing

@testable import NeuralNetworks

@Suite("PyTorch's weight files")
struct PyTorchFileTests {
  static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map(Array.init) ?? []
  }

  static let expected: [String: Tensor] = [
    "a.weight": Tensor(shape: [2, 3], values: [0.5, -1, 2, 3, 4.25, -6]),
    "a.transposed": Tensor(shape: [4, 3], values: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]),
    "a.part": Tensor(shape: [2, 2], values: [5, 6, 9, 10]),
    "a.half": Tensor(shape: [2], values: [1, -2.5]),
    "a.bfloat": Tensor(shape: [2], values: [3.140625, 1]),
    "a.double": Tensor(shape: [], values: [0.25]),
    "a.empty": Tensor(shape: [0, 3], values: []),
  ]

  @Test("a state dict is read from both formats, wrapped and prefixed or not")
  func formats() throws {
    #expect(try WeightFile.read(Self.bytes(PyTorchFixtures.zip)) == Self.expected)
    #expect(try WeightFile.read(Self.bytes(PyTorchFixtures.stream)) == Self.expected)
  }

  @Test("safetensors, by its content, loses the prefix and the counters, too")
  func safetensors() throws {
    let one = Tensor(shape: [1], values: [1])
    let bytes = Safetensors.write([("module.w", one), ("module.bn.num_batches_tracked", one)])
    #expect(try WeightFile.read(bytes) == ["w": one])
    let mixed = Safetensors.write([("module.w", one), ("v", one)])
    #expect(try WeightFile.read(mixed) == ["module.w": one, "v": one])
  }

  @Test("checksums are those of zip")
  func checksum() {
    #expect(CRC32.checksum(Array("123456789".utf8), 0..<9) == 0xCBF4_3926)
    #expect(CRC32.checksum(Array("1234567890".utf8), 0..<10) == 0x261D_AEE5)
    #expect(CRC32.checksum([], 0..<0) == 0)
  }

  @Test("bytes behind the end are refused in both formats")
  func trailing() {
    #expect(throws: WeightFileError("the zip file does not end with its directory's end record")) {
      try PyTorchFile.read(Self.bytes(PyTorchFixtures.small) + [0])
    }
    #expect(throws: WeightFileError("1 bytes follow the last storage")) {
      try PyTorchFile.read(Self.bytes(PyTorchFixtures.smallStream) + [0])
    }
  }

  @Test(
    "a foreign member of a zip file is named",
    arguments: [
      (["r/data.pkl"], "has no 'version' that is 2 or 3"), (["r/version"], "has no 'data.pkl'"),
      (["r/data.pkl", "s/version"], "the zip member 's/version' does not lie in the folder 'r/'"),
      (["data.pkl"], "do not lie in a folder"), (["/data.pkl"], "do not lie in a folder"),
      (["r/data.pkl", "r/version", "r/code.py"], "the member 'code.py'"),
      (["r/data.pkl", "r/version", "r/data/0"], "the member 'data/0'"),
    ])
  func members(names: [String], words: String) {
    // The version, and an empty dictionary for every other member.
    let members = names.map { name in
      (name, name.hasSuffix("version") ? Array("3\n".utf8) : [0x80, 2, 0x7D, 0x2E])
    }
    let reason = Self.reason(ZipWriter.file(members))
    #expect(reason.contains(words), "\(reason)")
  }

  @Test("a big-endian, compressed, doubled or damaged member is refused, and a sound one is not")
  func strictness() throws {
    let pickle: [UInt8] = [0x80, 2, 0x7D, 0x2E]
    let version = ("r/version", Array("3\n".utf8))
    #expect(try PyTorchFile.read(ZipWriter.file([("r/data.pkl", pickle), version])) == [:])
    let big = ZipWriter.file([
      ("r/data.pkl", pickle), version, ("r/byteorder", Array("big".utf8)),
    ])
    #expect(Self.reason(big).contains("not little-endian"))
    let doubled = ZipWriter.file([("r/data.pkl", pickle), version, version])
    #expect(Self.reason(doubled) == "two zip members are called 'r/version'")
    let deflated = ZipWriter.file([("r/data.pkl", pickle), version], method: 8)
    #expect(Self.reason(deflated).contains("'r/data.pkl' is compressed"))
    let damaged = ZipWriter.file([("r/data.pkl", pickle), version], checksumError: 1)
    #expect(Self.reason(damaged).contains("the checksum of the zip member 'r/data.pkl' is wrong"))
    let longer = ZipWriter.file([("r/data.pkl", pickle + [0x2E]), version])
    #expect(Self.reason(longer) == "1 bytes follow the end of 'data.pkl'")
  }

  static func reason(_ bytes: [UInt8]) -> String {
    do {
      _ = try PyTorchFile.read(bytes)
      return "accepted"
    } catch {
      return error.description
    }
  }
}
