import Records

extension Reader where Value == SigningRole {
  /// A role that has a key in a registry.
  static var role: Reader {
    Reader(placeholder: "ROLE") { (word) throws(Unreadable) in
      guard let role = SigningRole(rawValue: word), role != .witness else {
        let known = SigningRole.allCases.filter { $0 != .witness }.map(\.rawValue)
        throw Unreadable(expected: "one of the roles \(known.joined(separator: ", "))")
      }
      return role
    }
  }
}
