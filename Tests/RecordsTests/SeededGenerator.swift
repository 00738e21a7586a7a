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
