package import Records

/// Reads a policy file and refuses what it could not mean.
package enum PolicyReader {
  /// The most retrained references a policy may ask for.
  package static let referenceLimit = 16

  /// Reads the bytes of a policy file.
  ///
  /// - Throws: `VerificationError.policy` naming the file, what is wrong and what exists.
  package static func read(_ bytes: [UInt8], name: String) throws(VerificationError) -> Policy {
    let policy: Policy
    do {
      let text = try JSONParser.parse(bytes, sizeLimit: 1_000_000)
      try refuseUnknownMembers(text, name)
      policy = try CanonicalText.decode(Policy.self, from: bytes, what: "it")
    } catch let error as VerificationError {
      throw error
    } catch {
      throw .policy(name: name, reason: "\(error)")
    }
    do { try validate(policy) } catch { throw error.named(name) }
    return policy
  }

  /// Checks that a policy asks only for what exists, with sensible bounds, and asks enough.
  package static func validate(_ policy: Policy) throws(VerificationError) {
    func refuse(_ reason: String) -> VerificationError {
      .policy(name: policy.name, reason: reason)
    }
    guard !policy.name.isEmpty else { throw refuse("'name' is empty") }
    guard policy.floor != .fail else {
      throw refuse("floor FAIL would accept anything: use WARN or PASS")
    }
    guard policy.floor <= policy.goal else {
      throw refuse("goal \(policy.goal.rawValue) is below floor \(policy.floor.rawValue)")
    }
    guard !policy.ladder.isEmpty, policy.ladder.allSatisfy({ !$0.method.isEmpty }) else {
      throw refuse("the ladder names no method, or an empty one")
    }
    guard (0...referenceLimit).contains(policy.referenceCount) else {
      throw refuse("referenceCount \(policy.referenceCount) is not in 0...\(referenceLimit)")
    }
    for (id, bounds) in policy.checks.sorted(by: { $0.key < $1.key }) {
      guard let check = Checks.named(id) else {
        let known = Checks.all.map(\.id).joined(separator: ", ")
        throw refuse("there is no check '\(id)': there are \(known)")
      }
      if let reason = complaint(check, bounds) { throw refuse("check '\(id)': \(reason)") }
    }
    for purpose in [Check.Purpose.utility, .forgetting] {
      let candidates = Checks.all.filter { $0.purpose == purpose }.map(\.id)
      guard candidates.contains(where: { policy.checks[$0]?.isMandatory == true }) else {
        let kind = purpose == .utility ? "utility" : "forgetting"
        throw refuse(
          "no mandatory check of \(kind): make one of \(candidates.joined(separator: ", ")) "
            + "mandatory")
      }
    }
  }

  private static func complaint(_ check: Check, _ policy: CheckPolicy) -> String? {
    if policy.isMandatory && check.purpose == .information {
      return "it decides nothing and cannot be mandatory"
    }
    let names = check.bounds.map(\.name)
    let known = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    for name in policy.thresholds.keys.sorted() where !names.contains(name) {
      return "there is no threshold '\(name)': \(known)"
    }
    for bound in check.bounds {
      guard let value = policy.thresholds[bound.name] else {
        return "threshold '\(bound.name)' is missing: \(known)"
      }
      guard bound.range.contains(value) else {
        return "threshold '\(bound.name)' is \(value), not in "
          + "\(bound.range.lowerBound)...\(bound.range.upperBound)"
      }
      if let other = bound.notAbove, let limit = policy.thresholds[other], value > limit {
        return "threshold '\(bound.name)' is \(value), above '\(other)' \(limit)"
      }
    }
    return nil
  }

  /// A misspelled member would otherwise be passed over in silence.
  private static func refuseUnknownMembers(
    _ text: JSONValue, _ name: String
  ) throws(VerificationError) {
    func expect(_ value: JSONValue, _ known: [String], _ place: String) throws(VerificationError) {
      for member in value.object ?? [] where !known.contains(member.name) {
        throw .policy(
          name: name,
          reason: "\(place) has no member '\(member.name)': there are "
            + known.joined(separator: ", "))
      }
    }
    try expect(
      text, ["name", "title", "floor", "goal", "ladder", "referenceCount", "checks"], "a policy")
    for rung in text["ladder"]?.array ?? [] {
      try expect(rung, ["method", "choices", "constants"], "a rung of the ladder")
    }
    for check in text["checks"]?.object ?? [] {
      try expect(check.value, ["isMandatory", "thresholds"], "check '\(check.name)'")
    }
  }
}

extension VerificationError {
  /// The same complaint, under the name of the file.
  fileprivate func named(_ name: String) -> VerificationError {
    guard case .policy(_, let reason) = self else { return self }
    return .policy(name: name, reason: reason)
  }
}
