import Datasets
import Records

/// A stand-in for SHA-256: four FNV-1a hashes (64 bits each) of the bytes behind a lane number.
func toyHash(_ bytes: [UInt8]) -> Digest {
  var digest: [UInt8] = []
  for lane in 0..<4 as Range<UInt64> {
    // The lane number is the first byte hashed.
    var hash: UInt64 = (0xCBF2_9CE4_8422_2325 ^ lane) &* 0x100_0000_01B3
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for shift in stride(from: 56, through: 0, by: -8) {
      digest.append(UInt8(truncatingIfNeeded: hash >> UInt64(shift)))
    }
  }
  return Digest(bytes: digest)
}

/// SplitMix64 (Steele, Lea and Flood 2014): every test says its seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A byte flipped, some bytes cut off, left out or put in.
func mutated(_ bytes: [UInt8], with generator: inout SeededGenerator) -> [UInt8] {
  guard !bytes.isEmpty else { return [UInt8.random(in: 0...255, using: &generator)] }
  var bytes = bytes
  let place = Int.random(in: 0..<bytes.count, using: &generator)
  switch Int.random(in: 0..<4, using: &generator) {
  case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
  case 1: bytes.removeLast(bytes.count - place)
  case 2: bytes.remove(at: place)
  default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
  }
  return bytes
}

enum Samples {
  private static let read = Result {
    try Dataset(
      named: "vowels", reading: ReadingOptions(source: DataSource(format: "japanese-vowels")),
      hash: toyHash)
  }

  /// The embedded data set, read once for all tests.
  static func vowels() throws -> Dataset { try read.get() }

  /// Six records of alice, bob and carol, who has test records only.
  static let manifest = Manifest(
    dataset: "small", source: DataSource(format: "ts", files: ["/data/small.ts"]),
    inputShape: [1, 2, 3], labelNames: ["cat", "dog", "1"],
    records: [
      record("train-0001", 0, ["user": "alice", "household": "3"], .training),
      record("train-0002", 1, ["user": "alice"], .training),
      record("train-0003", 2, ["user": "bob", "household": "3"], .training),
      record("train-0004", 1, [:], .training),
      record("test-0001", 0, ["user": "alice"], .test),
      record("test-0002", 1, ["user": "carol"], .test),
    ])

  private static func record(
    _ id: String, _ label: Int, _ subjects: [String: String], _ split: Split
  ) -> ManifestRecord {
    ManifestRecord(
      id: id, content: toyHash(Array(id.utf8)), label: label, subjects: subjects, split: split)
  }
}

/// The error that the work throws, or nil.
func datasetError(_ work: () throws -> Void) -> DatasetError? {
  do {
    try work()
    return nil
  } catch {
    return error as? DatasetError
  }
}
