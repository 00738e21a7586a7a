/// A day of the Gregorian calendar, written `2026-11-22`.
package struct CalendarDate: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Takes a date that exists, in the years 1 to 9999; nil otherwise.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// 0001-01-01.
  package static let earliest = CalendarDate(january: 1)

  /// The first day of a year that is known to be one.
  private init(january year: Int) { (self.year, month, day) = (year, 1, 1) }

  /// Reads `yyyy-mm-dd`; anything else is nil.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10 else { return nil }
    var numbers = [0, 0, 0]
    for (place, byte) in bytes.enumerated() {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
        let part = place < 4 ? 0 : place < 7 ? 1 : 2
        numbers[part] = 10 * numbers[part] + Int(byte - 0x30)
      }
    }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// The same day of the next month, or that month's last day when it is shorter.
  ///
  /// This is how a period of months is counted in EU law (Regulation 1182/71, Art. 3(2)(c)), and so
  /// the one month of GDPR Art. 12(3). Weekends and holidays, which may extend it, are not counted.
  package var oneMonthLater: CalendarDate {
    let (year, month) = self.month == 12 ? (self.year + 1, 1) : (self.year, self.month + 1)
    let day = min(self.day, Self.days(inMonth: month, of: year))
    // The year 9999 has no successor that can be written; its December keeps its own last day.
    return CalendarDate(year: year, month: month, day: day) ?? self
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: CustomStringConvertible {
  package var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension CalendarDate: Comparable {
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDate: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no date yyyy-mm-dd"))
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
