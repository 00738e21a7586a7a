import Glibc

/// What the system said when it refused something, so that a failure can name the real reason.
struct SystemRefusal: Error, Hashable {
  let code: Int32

  /// What was refused last; asked for before anything else is.
  static var last: SystemRefusal { SystemRefusal(code: errno) }

  var reason: String { unsafe String(cString: strerror(code)) }
}

extension Failure {
  /// What could not be done to a file that a command hands out.
  init(_ operation: String, _ path: String, _ refusal: SystemRefusal) {
    self.init(
      "cannot \(operation) '\(path)': \(refusal.reason)",
      hint: "see that the folder can be written to and the disk is not full")
  }
}
