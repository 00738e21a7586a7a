/// Why a verb could not be done, as the command line tells it.
package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is; each has an exit status of its own.
  package enum Kind: Hashable, Sendable {
    case failed
    /// A policy or a request's state forbids it.
    case refused
    /// Something stored or signed is not what it should be.
    case unverified
    case interrupted
  }

  package let kind: Kind
  /// One lower-case sentence without a full stop.
  package let message: String
  /// What to do next, likewise.
  package let hint: String?

  package init(_ message: String, kind: Kind = .failed, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  package var description: String { message }
}
