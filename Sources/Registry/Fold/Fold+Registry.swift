import Records
import Signing

extension RegistryMade: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard place.index == 0 else { throw IllegalEvent("makes a registry that is made already") }
    guard format == RegistryLayout.format else { throw IllegalEvent("is of format \(format)") }
    var found: [SigningRole: PublicKey] = [:]
    for trusted in keys {
      guard let der = Hexadecimal.decode(trusted.key), let key = try? PublicKey(der: der),
        key.algorithm == (trusted.role == .publisher ? .p256 : .ed25519)
      else { throw IllegalEvent("names a key for \(trusted.role.rawValue) that is none") }
      guard found.updateValue(key, forKey: trusted.role) == nil else {
        throw IllegalEvent("names two keys for \(trusted.role.rawValue)")
      }
    }
    guard Set(found.keys) == Set(SigningRole.allCases).subtracting([.witness]) else {
      throw IllegalEvent("does not name one key for each role")
    }
    state.keys = found
  }
}

extension ModelAdded: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard (try? RegistryName.checkModel(model)) != nil else {
      throw IllegalEvent("names a model as no model may be named")
    }
    guard !state.models.contains(model) else { throw IllegalEvent("adds a model twice") }
    state.models.append(model)
  }
}

extension PolicyAllowed: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard (try? RegistryName.check(name, for: "a policy")) != nil else {
      throw IllegalEvent("names a policy as no policy may be named")
    }
    guard state.policies[policy] == nil else { throw IllegalEvent("allows a policy twice") }
    state.policies[policy] = AllowedPolicy(
      name: name, floor: floor, goal: goal, index: place.index)
  }
}

extension PolicyWithdrawn: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard state.policies.removeValue(forKey: policy) != nil else {
      throw IllegalEvent("withdraws a policy that is not allowed")
    }
  }
}

extension DatasetAdded: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard (try? RegistryName.check(dataset, for: "a data set")) != nil else {
      throw IllegalEvent("names a data set as no data set may be named")
    }
    guard (0...RecordSelection.positionLimit).contains(recordCount) else {
      throw IllegalEvent("adds a data set of \(recordCount) records")
    }
    guard !state.datasets.contains(where: { $0.name == dataset || $0.root == root }) else {
      throw IllegalEvent("adds a data set twice")
    }
    state.datasets.append(
      DatasetState(
        name: dataset, root: root, recordCount: recordCount, opening: opening, index: place.index,
        time: place.time))
  }
}

extension StateKept: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard size == place.index else {
      throw IllegalEvent("keeps a state of \(size) events where there were \(place.index)")
    }
    guard state.ahead == 0 else { throw IllegalEvent("keeps a state in the middle of a change") }
    if state.requestTags != tags { state.formerRequestTags = state.requestTags }
    state.requestTags = tags
  }
}

extension ClockCorrected: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    state.reasons.insert(opening)
  }
}

extension VoidAcknowledged: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    guard let position = state.voids.firstIndex(where: { $0.index == index && !$0.isAcknowledged })
    else { throw IllegalEvent("acknowledges event \(index), which waits for nobody") }
    state.voids[position].isAcknowledged = true
    state.reasons.insert(opening)
  }
}

extension DerivedErased: Folding {
  func fold(into state: inout RegistryState, at place: EventPlace) throws(IllegalEvent) {
    state.erased.insert(file)
  }
}
