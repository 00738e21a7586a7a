import Records

/// What a reader could think was measured, and was not.
enum Limits {
  static func sentences(_ observations: Observations, _ policy: Policy) -> [String] {
    var list = Checks.all.filter { policy.checks[$0.id] == nil }.map {
      "\($0.title) was not measured: the policy does not name it."
    }
    list += [
      "No attack was made per record (U-LiRA, RMIA): the attack over the whole forget set can miss "
        + "single records that are remembered.",
      "No bound on the privacy loss (epsilon) was estimated.",
      "How much of the person the representation keeps was not probed.",
      "How fast the person could be learned again was not measured.",
      "No attack read the weights or gradients: an attacker who holds the model may see more than its "
        + "outputs tell.",
      "Whether somebody who holds both the original and the candidate can tell from their difference "
        + "who was forgotten was not assessed.",
      "Whether the change exposes the people who stay was not assessed.",
      "The person's records were not erased from the data they were read from, nor from copies, "
        + "backups or earlier versions: that is the organisation's to do.",
    ]
    if observations.original.retain == nil {
      list.append(
        "The training records that stay were not at hand, so accuracy on them was not measured.")
    }
    if observations.references.isEmpty {
      list.append("No model was retrained without the person, so nothing was compared with one.")
    } else if observations.references.count == 1 {
      list.append(
        "Only one model was retrained for comparison, so how far retrained models differ among "
          + "themselves is not known.")
    }
    if !observations.nonMembersArePersons {
      list.append("There were no held-out records of the person.")
    }
    return list
  }
}
