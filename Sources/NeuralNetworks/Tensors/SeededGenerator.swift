/// The generator xoshiro256**, whose state SplitMix64 makes from a seed.
///
/// Both are fully specified (Blackman and Vigna, <https://prng.di.unimi.it>), and so are the numbers
/// and orders drawn here: they do not change with the standard library.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var s0, s1, s2, s3: UInt64

  package init(seed: UInt64) {
    var state = seed
    s0 = Self.splitMix64(&state)
    s1 = Self.splitMix64(&state)
    s2 = Self.splitMix64(&state)
    s3 = Self.splitMix64(&state)
  }

  /// A generator for one purpose among several that share a seed.
  package init(seed: UInt64, stream: UInt64) {
    var state = stream
    self.init(seed: seed ^ Self.splitMix64(&state))
  }

  package mutating func next() -> UInt64 {
    let result = Self.rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = Self.rotated(s3, by: 45)
    return result
  }

  /// A number in [0, 1), a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in 0 ..< bound, each as likely: draws above the last whole multiple are repeated.
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "no index is below \(bound)")
    let bound = UInt64(bound)
    let limit = UInt64.max - UInt64.max % bound
    while true {
      let draw = next()
      if draw < limit { return Int(draw % bound) }
    }
  }

  /// The numbers 0 ..< count in random order (Fisher–Yates from the end).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, index(below: last + 1))
    }
    return order
  }

  private static func splitMix64(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }
}
