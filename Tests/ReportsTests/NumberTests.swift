import Testing

@testable import Reports

@Suite("Numbers")
struct NumberTests {
  @Test(
    "a value in millionths is written to a tenth of a percent, or to thousandths",
    arguments: [
      (962_000, "96.2\u{A0}%", "0.962"), (962_499, "96.2\u{A0}%", "0.962"),
      (962_500, "96.3\u{A0}%", "0.963"), (0, "0.0\u{A0}%", "0.000"),
      (1_000_000, "100.0\u{A0}%", "1.000"), (999_999, ">\u{A0}99.9\u{A0}%", "1.000"),
      (1, "<\u{A0}0.1\u{A0}%", "<\u{A0}0.001"), (499, "<\u{A0}0.1\u{A0}%", "<\u{A0}0.001"),
      (500, "0.1\u{A0}%", "0.001"), (-2_950, "\u{2212}0.3\u{A0}%", "\u{2212}0.003"),
      (-1, ">\u{A0}\u{2212}0.1\u{A0}%", ">\u{A0}\u{2212}0.001"),
      (1_500_000, "150.0\u{A0}%", "1.500"),
    ])
  func value(value: Int, percent: String, decimal: String) {
    #expect(Number.text(value, .percent) == percent)
    #expect(Number.text(value, .decimal) == decimal)
  }

  @Test("the ends of the range of Int are written without overflow", arguments: [Int.min, Int.max])
  func extremes(value: Int) {
    for style in [Number.Style.percent, .points, .decimal] {
      #expect(!Number.text(value, style).isEmpty)
      #expect(!Number.interval(value, value, style).isEmpty)
    }
    #expect(!Number.significant(value, places: 9).isEmpty)
    #expect(Number.scaled(value, of: Int.max, along: 100) == (value > 0 ? 100 : 0))
  }

  @Test(
    "an interval is rounded outwards",
    arguments: [
      (962_000, 991_000, "96.2–99.1\u{A0}%"), (962_001, 991_001, "96.2–99.2\u{A0}%"),
      (961_999, 990_999, "96.1–99.1\u{A0}%"), (0, 1, "0.0–0.1\u{A0}%"),
      (-8_001, 2_000, "\u{2212}0.9 to 0.2\u{A0}%"),
    ])
  func interval(low: Int, high: Int, text: String) {
    #expect(Number.interval(low, high, .percent) == text)
  }

  @Test(
    "constants are exact",
    arguments: [
      ("learningRatePartsPerBillion", 3_000_000, "0.003"),
      ("quantilePartsPerMillion", 930_000, "0.93"),
      ("epochs", 12_000, "12\u{202F}000"), ("l1PartsPerBillion", 1, "0.000000001"),
      ("shiftPartsPerMillion", -1_500_000, "\u{2212}1.5"),
      ("topRatioPartsPerMillion", 1_000_000, "1"),
    ])
  func constant(name: String, value: Int, text: String) {
    #expect(Number.constant(value, named: name) == text)
  }

  @Test(
    "three significant digits",
    arguments: [
      (181_234_567, "0.181"), (-15_309_000, "\u{2212}0.0153"), (999_600_000, "1"), (0, "0"),
      (7, "0.000000007"),
    ])
  func significant(value: Int, text: String) {
    #expect(Number.significant(value, places: 9) == text)
  }

  @Test(
    "quantities are written as what they are",
    arguments: [
      ("accuracy on the forget set", Number.Style.percent), ("AUC", .decimal),
      ("TPR at 1 % false positives", .percent),
      ("drop against the original on test records", .points),
      ("accuracy on the forget set above that of the reference", .points),
      ("area under the curve above that of the reference", .decimal),
      ("Jensen-Shannon divergence to the references on the forget set, nats", .decimal),
      ("forget records found at 1 % false alarms", .percent),
      ("requested records the method reached", .percent),
      ("Wasserstein-1 distance of outputs", .decimal), ("something new", .decimal),
    ])
  func style(quantity: String, style: Number.Style) {
    #expect(QuantityStyle.of(quantity) == style)
  }

  @Test(
    "names become words",
    arguments: [
      ("learningRatePartsPerBillion", "learning rate"), ("aucBandPartsPerMillion", "AUC band"),
      ("epochs", "epochs"), ("tpr_upper-bound", "TPR upper bound"),
      ("PartsPerMillion", "parts per million"),
    ])
  func words(name: String, words: String) { #expect(Wording.words(ofName: name) == words) }
}
