extension StringProtocol {
  /// The parts between the places where an ASCII character stands; empty parts are kept.
  ///
  /// `split` goes by grapheme clusters: a comma before a combining mark is no comma to it, and what
  /// a text means would depend on the word after it. Formats mean bytes.
  package func fields(separatedBy separator: Unicode.Scalar) -> [String] {
    utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
