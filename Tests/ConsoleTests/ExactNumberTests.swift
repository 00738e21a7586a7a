import Testing

@testable import Console

@Suite struct ExactNumberTests {
  @Test(
    "a number that is a whole count of the unit is read exactly",
    arguments: [
      ("0", 0), ("0.0", 0), ("0e9", 0), ("1", 1_000_000_000), ("0.01", 10_000_000),
      ("1e-3", 1_000_000), ("1E-9", 1), ("2.5e-4", 250_000), ("0.000000001", 1),
      ("1/2", 500_000_000), ("3/8", 375_000_000), ("1/1000000000", 1), ("12.5", 12_500_000_000),
      ("0.1000000000000", 100_000_000), ("1e1", 10_000_000_000), ("007", 7_000_000_000),
      ("9223372036.854775807", .max),
    ])
  func exact(text: String, parts: Int) {
    #expect(ExactNumber.parts(text, per: 1_000_000_000) == parts)
  }

  @Test(
    "what is no number, or does not fit exactly, is refused",
    arguments: [
      "", ".", ".5", "5.", "-1", "+1", "1,5", "1/0", "1/3", "1/2/3", "/2", "1/", "1e-10", "e5",
      "1e", "1e+3", "1e1e1", "1e-", "0.0000000001", "nan", "inf", "0x10", " 1", "1 ", "١",
      "9223372036.854775808", "99999999999999999999", "1e18", "1e-19", "1e99999999999999999999",
      "9223372036854775807/2",
    ])
  func refused(text: String) {
    #expect(ExactNumber.parts(text, per: 1_000_000_000) == nil)
  }

  @Test("every count of millionths is read back from its decimal")
  func roundTrip() {
    for parts in stride(from: 0, through: 3_000_000, by: 997) {
      let digits = String(String(1_000_000 + parts % 1_000_000).dropFirst())
      #expect(ExactNumber.parts("\(parts / 1_000_000).\(digits)", per: 1_000_000) == parts)
    }
  }
}
