/// Why a sealed part cannot be opened.
///
/// Told apart, because a part that is gone speaks against the registry, and one that this user may not
/// read does not.
package enum SealedReason: Hashable, Sendable, CustomStringConvertible {
  case missing
  /// A key is gone and may not be replaced.
  case keyMissing
  case forbidden

  package var description: String {
    switch self {
    case .missing: "it is missing"
    case .keyMissing: "it is missing, and no other opens what it has sealed"
    case .forbidden: "this user may not read it"
    }
  }
}
