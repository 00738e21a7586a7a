import Dispatch
import Synchronization

/// Work on many things by several threads, whose results do not depend on how many those are.
enum Workers {
  /// What the body makes of every thing, in their order; a thread takes `share` of them at once.
  static func map<Thing: Sendable, Result: Sendable>(
    _ things: [Thing], threads: Int, share: Int = 16, _ body: @Sendable (Thing) -> Result
  ) -> [Result] {
    let shares = (things.count + share - 1) / share
    guard threads > 1, shares > 1 else { return things.map(body) }
    let results = Mutex([[Result]](repeating: [], count: shares))
    let following = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, shares)) { _ in
      while true {
        let index = following.add(1, ordering: .relaxed).oldValue
        guard index < shares else { return }
        let part = things[index * share..<min((index + 1) * share, things.count)].map(body)
        results.withLock { $0[index] = part }
      }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}
