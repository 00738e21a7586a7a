import Records

extension Measurement {
  /// An accuracy with its interval.
  static func accuracy(_ predictions: Predictions, on records: String, _ role: Role) -> Measurement
  {
    let correct = predictions.correctCount
    return share(
      "accuracy on \(records)", role, predictions.count,
      predictions.count == 0 ? nil : Double(correct) / Double(predictions.count),
      predictions.count == 0
        ? nil : ClopperPearson.interval(successes: correct, trials: predictions.count),
      "Clopper-Pearson, 95 %")
  }

  /// A figure and its interval, rounded to millionths.
  static func share(
    _ quantity: String, _ role: Role, _ count: Int, _ value: Double?, _ interval: Interval? = nil,
    _ method: String? = nil
  ) -> Measurement {
    Measurement(
      quantity: quantity, role: role, sampleCount: count,
      valuePartsPerMillion: value.flatMap(Parts.perMillion),
      lowPartsPerMillion: interval.flatMap { Parts.perMillion($0.low) },
      highPartsPerMillion: interval.flatMap { Parts.perMillion($0.high) },
      interval: interval == nil ? nil : method)
  }
}

/// Names for the reader.
enum Phrase {
  static let forget = "the forget set"
  static let heldOut = "held-out records of the person"
  static let test = "other people's test records"
  static let retain = "training records that stay"

  /// «accuracy on the forget set» for the first reference, «…, reference 2» for the next.
  static func reference(_ index: Int) -> String { index == 0 ? "" : ", reference \(index + 1)" }

  /// A share in percent with one decimal, without the locale: 0.0123 → "1.2 %".
  static func percent(_ share: Double) -> String { "\(decimal(share * 100, places: 1)) %" }

  /// Points of a percentage: 0.0123 → "1.2 points".
  static func points(_ share: Double) -> String { "\(decimal(share * 100, places: 1)) points" }

  static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "not a number" }
    guard places > 0 else { return "\(Int(value.rounded()))" }
    let scale = (0..<places).reduce(1) { factor, _ in factor * 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let (whole, rest) = abs(scaled).quotientAndRemainder(dividingBy: scale)
    let digits = String(rest)
    let fraction = String(repeating: "0", count: places - digits.count) + digits
    return "\(scaled < 0 ? "-" : "")\(whole).\(fraction)"
  }
}
