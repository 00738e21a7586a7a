import Records

/// Numbers as a reader sees them, made from integers alone: no locale, no floating point.
enum Number {
  private static let minus = "\u{2212}"
  private static let space = "\u{00A0}"

  /// How a quantity in millionths is written.
  enum Style: Hashable {
    /// `96.2 %`
    case percent
    /// `1.2 points`: a difference of percentages.
    case points
    /// `0.513`
    case decimal

    fileprivate var unit: String {
      switch self {
      case .percent: "\(space)%"
      case .points: "\(space)points"
      case .decimal: ""
      }
    }
  }

  private enum Rounding { case nearest, down, up }

  /// Thousands of a number, rounded as asked; halves go away from zero.
  private static func thousands(_ value: Int, _ rounding: Rounding) -> Int {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 1000)
    switch rounding {
    case .nearest:
      return abs(remainder) >= 500 ? quotient + (value < 0 ? -1 : 1) : quotient
    case .down: return remainder < 0 ? quotient - 1 : quotient
    case .up: return remainder > 0 ? quotient + 1 : quotient
    }
  }

  /// A whole number of tenths of a percent, or of thousandths, without its unit.
  private static func digits(_ thousands: Int, _ style: Style) -> String {
    let sign = thousands < 0 ? minus : ""
    let scale: UInt = style == .decimal ? 1000 : 10
    let (whole, rest) = thousands.magnitude.quotientAndRemainder(dividingBy: scale)
    let fraction = String(scale + rest).dropFirst()
    return "\(sign)\(whole).\(fraction)"
  }

  /// A value in millionths; what is not quite nothing or everything never reads as if it were.
  static func text(_ value: Int, _ style: Style) -> String {
    let rounded = thousands(value, .nearest)
    if rounded == 0, value != 0 {
      let edge = digits(1, style) + style.unit
      return value > 0 ? "<\(space)\(edge)" : ">\(space)\(minus)\(edge)"
    }
    if style == .percent, rounded == 1000, value < 1_000_000 {
      return ">\(space)\(digits(999, style))\(style.unit)"
    }
    return digits(rounded, style) + style.unit
  }

  /// A percentage without its decimal where that is nought, for axes.
  static func shortPercent(_ value: Int) -> String {
    value % 10_000 == 0 ? "\(value / 10_000)\(space)%" : text(value, .percent)
  }

  /// An interval in millionths, rounded outwards, such as `96.2–99.1 %`.
  static func interval(_ low: Int, _ high: Int, _ style: Style) -> String {
    let (low, high) = (thousands(low, .down), thousands(high, .up))
    let dash = low < 0 || high < 0 ? " to " : "–"
    return digits(low, style) + dash + digits(high, style) + style.unit
  }

  /// A whole number with narrow spaces between thousands.
  static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return (value < 0 ? minus : "") + text
  }

  /// All digits of `value / 10^places`, without trailing zeros.
  static func exact(_ value: Int, places: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = padded.dropLast(places)
    return (value < 0 ? minus : "") + whole + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  /// A constant of a recipe by the unit in its name.
  static func constant(_ value: Int, named name: String) -> String {
    if name.hasSuffix("PerMillion") { return exact(value, places: 6) }
    if name.hasSuffix("PerBillion") { return exact(value, places: 9) }
    return grouped(value)
  }
}

extension Number {
  /// Three significant digits of `value / 10^places`, halves away from zero.
  static func significant(_ value: Int, places: Int) -> String {
    var magnitude = value.magnitude
    var scale: UInt = 1
    while magnitude / scale >= 1000 { scale *= 10 }
    let whole = magnitude / scale * scale
    magnitude = magnitude - whole >= (scale + 1) / 2 && scale > 1 ? whole + scale : whole
    // Digits before the point are never dropped for zeros.
    return exact((value < 0 ? -1 : 1) * Int(clamping: magnitude), places: places)
  }
}

extension Number {
  /// The share `value / range` of a length, to the nearest whole; the value is held in the range.
  static func scaled(_ value: Int, of range: Int, along length: Int) -> Int {
    guard range > 0 else { return 0 }
    let product = min(max(value, 0), range).multipliedFullWidth(by: max(0, length))
    let (quotient, remainder) = range.dividingFullWidth(product)
    return remainder >= range - remainder ? quotient + 1 : quotient
  }
}
