/// Reads decimals and fractions as whole parts of a unit, exactly or not at all.
///
/// `0.01` is 10 000 000 parts per billion; `1/3` is no number of them and is refused, because what
/// stands in a signed recipe must be what was typed.
package enum ExactNumber {
  /// The number as a whole count of `1/unit`.
  ///
  /// Takes `12`, `0.5`, `1e-3` and `1/2`, without sign.
  ///
  /// - Parameters:
  ///   - text: the number as typed.
  ///   - unit: a power of ten, such as 1 000 000 for parts per million.
  /// - Returns: nil when it cannot be read, is not a whole count, or is above `Int.max`.
  package static func parts(_ text: String, per unit: Int) -> Int? {
    guard text.utf8.count <= 40 else { return nil }
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    if halves.count == 2 {
      guard let top = whole(halves[0]), let bottom = whole(halves[1]), bottom > 0 else {
        return nil
      }
      return scaled(top, unit, over: bottom)
    }
    return halves.count == 1 ? decimal(text, per: unit) : nil
  }

  private static func decimal(_ text: String, per unit: Int) -> Int? {
    let pieces = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = pieces.first, pieces.count <= 2 else { return nil }
    let sides = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard sides.count <= 2, sides.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard let digits = whole(sides.joined()) else { return nil }
    var exponent = sides.count == 2 ? -sides[1].utf8.count : 0
    if pieces.count == 2 {
      let isNegative = pieces[1].hasPrefix("-")
      guard let size = whole(isNegative ? pieces[1].dropFirst() : pieces[1]), size <= 40 else {
        return nil
      }
      exponent += isNegative ? -size : size
    }
    guard digits != 0 else { return 0 }
    guard let power = powerOfTen(abs(exponent)) else { return nil }
    return exponent < 0 ? scaled(digits, unit, over: power) : scaled(digits, unit, power)
  }

  private static func scaled(_ a: Int, _ b: Int, over divisor: Int) -> Int? {
    // The wide product keeps 0.1234567890 per billion exact where the plain one would overflow.
    let wide = a.multipliedFullWidth(by: b)
    guard wide.high < divisor else { return nil }
    let (quotient, rest) = divisor.dividingFullWidth(wide)
    return rest == 0 ? quotient : nil
  }

  private static func scaled(_ a: Int, _ b: Int, _ c: Int) -> Int? {
    let (first, overflows) = a.multipliedReportingOverflow(by: b)
    let (second, overflowsToo) = first.multipliedReportingOverflow(by: c)
    return overflows || overflowsToo ? nil : second
  }

  private static func whole(_ digits: some StringProtocol) -> Int? {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(digits)
  }

  private static func powerOfTen(_ exponent: Int) -> Int? {
    guard exponent <= 18 else { return nil }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

extension Reader where Value == Int {
  /// A number between two bounds, both given in parts per million.
  static func partsPerMillion(_ range: ClosedRange<Int>) -> Reader {
    parts(per: 1_000_000, "millionths", range)
  }

  /// A number between two bounds, both given in parts per billion.
  static func partsPerBillion(_ range: ClosedRange<Int>) -> Reader {
    parts(per: 1_000_000_000, "billionths", range)
  }

  private static func parts(per unit: Int, _ name: String, _ range: ClosedRange<Int>) -> Reader {
    Reader(placeholder: "X") { (word) throws(Unreadable) in
      guard let parts = ExactNumber.parts(word, per: unit), range.contains(parts) else {
        let bounds = [range.lowerBound, range.upperBound].map { Self.text($0, per: unit) }
        throw Unreadable(
          expected: "a number from \(bounds[0]) to \(bounds[1]) in whole \(name), as 0.5 or 1/2")
      }
      return parts
    }
  }

  /// The shortest decimal of a count of `1/unit`.
  private static func text(_ parts: Int, per unit: Int) -> String {
    let (whole, rest) = parts.quotientAndRemainder(dividingBy: unit)
    guard rest != 0 else { return String(whole) }
    var digits = String(String(unit + rest).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
