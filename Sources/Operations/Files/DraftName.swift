/// How drafts of what is handed out are called, so that no file of anybody else's is taken for one.
enum DraftName {
  /// The longest beginning of a folder's name that goes into a draft's, in bytes.
  private static let limit = 180
  private static let end = ".partial"
  private static let digitCount = 16

  /// A name that nothing else has, for a folder of that name.
  static func random(for own: String) -> String {
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    let zeros = String(repeating: "0", count: digitCount - digits.utf8.count)
    return beginning(own) + zeros + digits + end
  }

  static func isOne(_ name: String, for own: String) -> Bool {
    let beginning = beginning(own)
    guard name.hasPrefix(beginning), name.hasSuffix(end) else { return false }
    let digits = name.utf8.dropFirst(beginning.utf8.count).dropLast(end.utf8.count)
    return digits.count == digitCount
      && digits.allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      }
  }

  private static func beginning(_ own: String) -> String {
    ".\(String(decoding: own.utf8.prefix(limit), as: UTF8.self)).imu-registry-"
  }
}
