/// One parser to be fuzzed: where it starts from, what it may use, and the call itself.
struct FuzzTarget: Sendable {
  /// The name on the command line.
  let name: String
  /// Small valid inputs, by a name each.
  let seeds: [String: [UInt8]]
  /// Texts and bytes that the format is made of.
  var tokens: [[UInt8]] = []
  /// The longest input tried, in bytes.
  var lengthLimit = 4096
  /// How many bytes the parser may have in use at a time for each byte of input, beside a megabyte.
  var bytesPerByte = 128
  /// Reads an input; what it throws is a refusal.
  let parse: @Sendable ([UInt8]) throws -> Void

  /// The bytes that may be in use at a time; the megabyte is for pieces, tables and windows.
  func memoryLimit(inputSize: Int) -> Int { 1 << 20 + bytesPerByte * inputSize }
}

extension [UInt8] {
  /// The number's bytes, the lowest first.
  init(littleEndian number: some FixedWidthInteger) {
    self = (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// The number's four bytes, the highest first.
  init(bigEndian number: Int) { self = [UInt8](littleEndian: UInt32(number)).reversed() }

  /// The bytes of a text.
  init(text: String) { self = Array(text.utf8) }
}
