/// Parts per million as people read them.
enum Percent {
  /// Such as `98.5 %`, rounded to one decimal, halves away from zero.
  static func text(partsPerMillion parts: Int) -> String {
    let tenths = (parts.magnitude + 500) / 1000
    return "\(parts < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10) %"
  }
}
