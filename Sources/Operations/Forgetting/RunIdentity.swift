import Records
import Registry
import Signing

/// All that determines a forget: the same identity resumes the same run.
struct RunIdentity: Encodable {
  let number: CaseNumber
  let parent: Digest
  let policy: Digest
  let target: Verdict
  let method: String?
  let choices: [String: String]
  let constants: [String: Int]
  let seed: UInt64
  let withheld: RecordSelection
  /// How many runs of the same came to an end before.
  let attempt: Int

  private init(
    _ order: ForgetOrder, _ request: DeletionRequest, _ parent: VersionEntry, _ policy: Digest,
    _ target: Verdict, _ withheld: RecordSelection, attempt: Int
  ) {
    number = request.number
    self.parent = parent.digest
    self.policy = policy
    self.target = target
    method = order.method
    choices = order.choices
    constants = order.constants
    seed = order.seed
    self.withheld = withheld
    self.attempt = attempt
  }

  private var digest: Digest { SHA256.digest(of: CanonicalText.encode(self)) }

  /// The run that an order begins or goes on with: the first of its kind that has no version yet.
  static func digest(
    of order: ForgetOrder, _ request: DeletionRequest, _ parent: VersionEntry, _ policy: Digest,
    _ target: Verdict, in state: RegistryState
  ) -> Digest {
    var attempt = 0
    while true {
      let run = RunIdentity(
        order, request, parent, policy, target, state.withheld, attempt: attempt
      ).digest
      if state.run(run)?.version == nil { return run }
      attempt += 1
    }
  }
}
