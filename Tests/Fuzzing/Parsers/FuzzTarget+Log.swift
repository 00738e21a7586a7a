import Records
@testable import Registry
import Signing
@testable import TransparencyLog

private let zeros = String(repeating: "0", count: 64)

extension FuzzTarget {
  /// The text of an event; what is accepted is byte for byte what is written again.
  static let events = FuzzTarget(
    name: "events",
    seeds: [
      "model": [UInt8](
        text:
          #"{"after":2,"base":"sha256:\#(zeros)","fact":{"model":"m"},"kind":"model-added","registry":"0","#
          + #""schema":2,"time":"2026-11-22T10:00:00Z"}"#),
      "found": [UInt8](
        text:
          #"{"base":"sha256:\#(zeros)","fact":{"number":"0102030405060708","versions":{"classifier":"0-2,5"}},"#
          + #""kind":"person-found","registry":"0","schema":2,"time":"2026-11-22T10:00:00Z"}"#),
    ],
    tokens: Facts.all.map { [UInt8](text: "\"kind\":\"\($0.kind)\"") }
      + ["\"after\":", "\"fact\":{", "\"schema\":2", "\"sha256:", "\"holds\":\"", "null", "-1"]
      .map { [UInt8](text: $0) },
    bytesPerByte: 512,
    parse: { bytes in
      let event = try Event(text: bytes)
      precondition(event.text == bytes, "accepted, but not the one text")
      // Whatever it says, the fold takes it or refuses it.
      var state = RegistryState()
      try? state.fold(event, on: nil)
    })

  /// A kept state; what is read is written as it was, but for its order.
  static let states = FuzzTarget(
    name: "states",
    seeds: [
      "small": [UInt8](
        text: """
          imu-registry state 2
          registry 00 0 2026-11-22T10:00:00Z -
          tree
          spine
          right 0
          model m
          head model/m 0

          """)
    ],
    tokens: [
      "registry ", "tree ", "spine ", "right ", "key root ", "dataset ", "policy ", "version ",
      "case ", "certificate ", "alias ", "run ", "erased ", "reason ", "void ", "head ", " - ",
      "0-3,7", "PASS", "WARN", "approved", "scratch",
    ].map { [UInt8](text: $0) },
    bytesPerByte: 512,
    parse: { bytes in
      guard let (state, tree, first) = StateReading.read(bytes), tree.count == state.size else {
        return
      }
      // Whatever its lines say, it answers.
      _ = state.requestStates()
      for ordinal in state.cases.indices { _ = state.exposuresOfAll(to: ordinal) }
      for version in state.versions.indices {
        precondition(state.undone(from: nil, to: version).upperBound <= state.cases.count)
      }
      let text = state.text(tree: tree, first: first)
      let again = StateReading.read(text)
      precondition(again?.state.text(tree: tree, first: first) == text, "two readings differ")
    })

  /// A line of the tail; what is accepted is written as it was.
  static let records = FuzzTarget(
    name: "records",
    seeds: ["event": [UInt8](text: "e {}"), "checkpoint": [UInt8](text: "c 256 1234 AAAA")],
    tokens: ["e ", "c 0 0 ", "c 1 0 ", "AAAA", "=", "\n"].map { [UInt8](text: $0) },
    parse: { bytes in
      let record = try TailRecord(line: bytes[...], at: 0)
      precondition(record.line == bytes + [0x0A], "accepted, but not the one line")
    })

  /// A proof; what is accepted is read again as it was.
  static let proofs = FuzzTarget(
    name: "proofs",
    seeds: [
      "proof": [UInt8](
        text: "c2sp.org/tlog-proof@v1\nindex 7\ntUBokgpLYoMn/Ez8vlghCn13dKxFd1KoWciBoLoxkoc=\n\n"
          + "log\n13\nL1zcJP931xR5jVumc10Ua1pkj4KZu4f3PwdyK8ZUnTE=\n\n\u{2014} log AAAAAAAA\n")
    ],
    tokens: ["c2sp.org/tlog-proof@v1\n", "index ", "extra ", "\n\n", "AAAA"]
      .map { [UInt8](text: $0) },
    parse: { bytes in
      let proof = try TlogProof(parsing: bytes)
      let again = try? TlogProof(parsing: proof.text)
      precondition(again == proof, "two readings differ")
    })
}
