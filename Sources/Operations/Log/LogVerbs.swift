package import Records
import Registry
import Signing
import TransparencyLog

/// An event as lists show it.
package struct EventLine: Sendable, Encodable {
  package let index: Int
  package let time: String
  package let kind: String
  /// What it is about.
  package let entity: String
  /// Why it changes nothing; nil when it does.
  package let void: String?
}

/// How far a log goes, for whoever wants to hold it against a report.
package struct LogHead: Sendable, Encodable {
  package let registry: String
  package let size: Int
  /// 64 hexadecimal digits.
  package let root: String
  package let sentence: String
}

extension Workplace {
  /// The events of the log, the last ones, or those from an index on.
  package func events(from start: Int?, last count: Int?) throws -> [EventLine] {
    try reading { store in
      let first = max(start ?? 0, count.map { store.state.size - $0 } ?? 0)
      var lines: [EventLine] = []
      try store.forEachEvent { index, event, flaw in
        guard index >= first else { return }
        lines.append(
          EventLine(
            index: index, time: event?.time ?? "", kind: event.map { type(of: $0.fact).kind } ?? "",
            entity: event?.fact.entity ?? "", void: flaw))
      }
      return lines
    }
  }

  /// Folds the whole log, and holds an earlier size and root that somebody has against it.
  ///
  /// - Throws: `Failure` of kind `unverified` when they are not of this log, and for a void event that root
  ///   has not acknowledged.
  package func verifyLog(head: (size: Int, root: Digest)?) throws -> LogHead {
    try assuring { store in
      let whole = try store.forEachEvent { index, _, _ in
        if index % 1000 == 0 {
          try progress(Progress(activity: "verifying", done: index, total: store.state.size))
        }
      }
      if let void = whole.voids.first(where: { !$0.isAcknowledged }) {
        throw Failure(void.problem, kind: .unverified)
      }
      let (size, root) = store.head
      if let head {
        guard try store.extends(size: head.size, head: head.root) else {
          throw Failure(
            "the log of \(size) events does not go on from \(head.size):\(head.root.hex): it was put "
              + "back, or replaced", kind: .unverified)
        }
      }
      return LogHead(
        registry: store.state.id, size: size, root: root.hex,
        sentence: "the log of \(size) events verifies"
          + (head.map { " and goes on from its first \($0.size)" } ?? ""))
    }
  }

  /// Writes an event, the proof that it is in the log, and the key that signs the log's checkpoints.
  ///
  /// That a void event is in the log is proved, too; that it changes nothing is said.
  ///
  /// - Returns: the names of the files.
  package func prove(event index: Int, to folder: String) throws -> [String] {
    try checkOutside(folder)
    return try assuring { store in
      let (event, proof) = try store.proof(ofEvent: index)
      if let void = store.state.voids.first(where: { $0.index == index }) {
        notice("event \(index) is void: it \(void.reason); it is in the log, and changes nothing")
      }
      let files: [(String, [UInt8])] = [
        ("event-\(index).json", event), ("event-\(index).tlog-proof", proof.text),
        ("log.pub.pem", Array(try store.key(of: .log).pem.utf8)),
      ]
      for (name, bytes) in files { try ReportFiles.write(bytes, to: "\(folder)/\(name)") }
      return files.map(\.0)
    }
  }

  /// Writes the log as static files into a folder that is empty or not there.
  package func exportLog(to folder: String) throws -> String {
    try checkOutside(folder)
    return try assuring { store in
      try EmptyFolder.fill(folder) { try store.exportLog(to: $0) }
      return "exported \(store.state.size) events of the log to '\(folder)'"
    }
  }
}
