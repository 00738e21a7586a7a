/// Why a text is not the strict JSON this program reads.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as one lower-case clause.
  package let reason: String
  /// Where, in bytes from the beginning.
  package let offset: Int

  package var description: String { "\(reason) at byte \(offset)" }
}
