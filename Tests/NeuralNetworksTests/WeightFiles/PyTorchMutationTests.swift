import Testing

@testable import NeuralNetworks

@Suite("Damaged PyTorch files")
struct PyTorchMutationTests {
  private static let files = [
    PyTorchFixtures.small, PyTorchFixtures.smallStream, PyTorchFixtures.stream,
  ].map(PyTorchFileTests.bytes)

  /// The floats a file gives, nil if it is refused.
  private static func elementCount(_ bytes: [UInt8]) -> Int? {
    (try? PyTorchFile.read(bytes))?.values.reduce(0) { $0 + $1.values.count }
  }

  @Test("a file cut anywhere is refused", arguments: files)
  func truncation(file: [UInt8]) {
    for count in file.indices { #expect(Self.elementCount(Array(file[..<count])) == nil) }
    #expect(Self.elementCount(file) != nil)
  }

  @Test("a file without its first bytes is refused", arguments: files)
  func beginning(file: [UInt8]) {
    for count in 1..<file.count { #expect(Self.elementCount(Array(file[count...])) == nil) }
  }

  @Test("a changed byte never leads out of the file", arguments: files)
  func mutation(file: [UInt8]) {
    for position in file.indices {
      for change in [0x01, 0x02, 0x04, 0x10, 0x40, 0x80, 0xFF] as [UInt8] {
        var mutant = file
        mutant[position] ^= change
        guard let count = Self.elementCount(mutant) else { continue }
        // No more than the limit on shared storages allows, with elements of two bytes or more.
        #expect(count <= PyTorchFile.sharingLimit * (file.count + 1) / 2)
      }
    }
  }

  @Test("a changed byte of a zip file's pickle or storages is always noticed")
  func checksums() throws {
    let file = PyTorchFileTests.bytes(PyTorchFixtures.small)
    let members = try ZipArchive(.memory(file)).members
    #expect(members.count > 4)
    for member in members.values {
      for position in member.range {
        var mutant = file
        mutant[position] ^= 0x20
        #expect(PyTorchFileTests.reason(mutant).contains("checksum"))
      }
    }
  }

  /// Damage that keeps the checksums right: what a hostile author can write.
  @Test("a changed byte of a pickle in a sound zip file never leads out of it")
  func hostilePickles() throws {
    let file = PyTorchFileTests.bytes(PyTorchFixtures.zip)
    let members = try ZipArchive(.memory(file)).members.sorted { $0.key < $1.key }
      .map { ($0.key, Array(file[$0.value.range])) }
    let pickle = try #require(members.firstIndex { $0.0.hasSuffix("data.pkl") })
    var accepted = 0
    for position in members[pickle].1.indices {
      for change in [0x01, 0x04, 0x80, 0xFF] as [UInt8] {
        var mutant = members
        mutant[pickle].1[position] ^= change
        guard let count = Self.elementCount(ZipWriter.file(mutant)) else { continue }
        accepted += 1
        #expect(count <= PyTorchFile.sharingLimit * file.count)
      }
    }
    #expect(accepted > 0)
  }

  @Test("two pieces of a pickle exchanged never lead out of the file")
  func splices() {
    let file = PyTorchFileTests.bytes(PyTorchFixtures.smallStream)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<3000 {
      var mutant = file
      let length = 1 + generator.index(below: 12)
      let from = generator.index(below: file.count - length)
      let to = PyTorchFile.streamMagic.count + generator.index(below: file.count - 60)
      mutant.replaceSubrange(to..<min(to + length, file.count), with: file[from..<from + length])
      if let count = Self.elementCount(mutant) { #expect(count <= 2 * file.count) }
    }
  }
}
