import Foundation
import Records
import Registry

/// What reading, proving and committing cost in a registry.
struct LogFigures {
  let directory: String
  let threads = ProcessInfo.processInfo.activeProcessorCount

  func printAll() throws {
    let clock = ContinuousClock()
    func median(_ count: Int, _ body: () throws -> Void) throws -> Double {
      var times: [Double] = []
      for _ in 0..<count {
        let duration = try clock.measure(body)
        times.append(duration / .milliseconds(1))
      }
      return times.sorted()[count / 2]
    }
    func line(_ what: String, _ milliseconds: Double) { print("\(what)\t\(milliseconds)") }

    let now = Date.now.formatted(.iso8601)
    let store = try RegistryStore(openingAt: directory, threads: threads)
    line("events", Double(store.state.size))
    line(
      "open, ms",
      try median(5) { _ = try RegistryStore(openingAt: directory, threads: threads) })
    line(
      "append to durable checkpoint, ms",
      try median(5) {
        try store.commit(at: now) { try MadeUpRegistry.move(in: &$0) }
      })
    line("proof, ms", try median(5) { _ = try store.proof(ofEvent: store.state.size / 3) })
    line("fold of every event, ms", try median(1) { try store.forEachEvent { _, _, _ in } })
    line("rebuild of the ledger, ms", try median(1) { try store.rebuildLedger() })
  }
}
