import Records
import Testing

@Suite struct CalendarDateTests {
  @Test(
    "A month later is the same day, or the last of a shorter month",
    arguments: [
      ("2026-01-31", "2026-02-28"), ("2028-01-31", "2028-02-29"), ("2028-01-29", "2028-02-29"),
      ("2027-01-29", "2027-02-28"), ("2100-01-31", "2100-02-28"), ("2000-01-31", "2000-02-29"),
      ("2026-03-31", "2026-04-30"), ("2026-04-30", "2026-05-30"), ("2026-02-28", "2026-03-28"),
      ("2026-11-22", "2026-12-22"), ("2026-12-31", "2027-01-31"), ("2026-12-01", "2027-01-01"),
      ("9999-11-30", "9999-12-30"), ("9999-12-31", "9999-12-31"), ("0001-01-01", "0001-02-01"),
    ])
  func oneMonthLater(date: String, later: String) throws {
    #expect(try #require(CalendarDate(date)).oneMonthLater.description == later)
  }

  @Test(
    "What is no date is refused",
    arguments: [
      "", "2026-02-29", "2100-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00",
      "2026-01-32", "0000-01-01", "10000-01-01", "2026-1-01", "26-01-01", "2026/01/01",
      "2026-01-01T00:00:00Z", " 2026-01-01", "2026-01-01 ", "-026-01-01", "+026-01-01",
      "2026-01--1", "２０２６-01-01",
    ])
  func refused(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("Every day that exists is written and read back, in order")
  func everyDay() throws {
    var dates: [CalendarDate] = []
    for year in [1, 999, 1900, 2000, 2026, 2028, 9999] {
      for month in 1...12 {
        dates += (1...31).compactMap { CalendarDate(year: year, month: month, day: $0) }
      }
    }
    #expect(dates.count == 5 * 365 + 2 * 366)
    for date in dates {
      #expect(CalendarDate(date.description) == date)
      #expect(date.oneMonthLater >= date)
    }
    #expect(dates.reversed().sorted() == dates)
    #expect(dates.map(\.description).sorted() == dates.map(\.description))
  }
}
