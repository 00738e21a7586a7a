@testable import Datasets
import Records
import Signing
import TransparencyLog

extension FuzzTarget {
  /// A list of subjects, in both of its spellings.
  static let subjects = FuzzTarget(
    name: "subjects",
    seeds: [
      "pairs": [UInt8](text: "# who\ntrain-0001,pid=7,household=3\ntrain-0002,pid=8\n"),
      "table": [UInt8](text: "record,pid,household\ntrain-0001,7,3\ntrain-0002,,4\n"),
    ],
    tokens: ["record,", ",,,,", "=", "pid=", "class", "\r\n", "e\u{301}", "é"]
      .map { [UInt8](text: $0) },
    parse: { _ = try SubjectList.parse($0, file: "f") })

  /// A PNG or JPEG file, to its size and its pixels, which the limits on made-up sizes bound.
  static let pictures = FuzzTarget(
    name: "pictures",
    seeds: [
      // 3×2 grey pixels in a stored block.
      "png": [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + chunk("IHDR", [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
        + chunk(
          "IDAT",
          [0x78, 1, 1, 8, 0, 0xF7, 0xFF, 0, 1, 2, 3, 0, 4, 5, 6, 0, 0x46, 0, 0x16])
        + chunk("IEND", []),
      "jpeg": [
        0xFF, 0xD8, 0xFF, 0xDB, 0, 0x43, 0,
      ] + [UInt8](repeating: 1, count: 64) + [
        0xFF, 0xC0, 0, 0x0B, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xFF, 0xC4, 0, 0x14, 0, 1,
      ] + [UInt8](repeating: 0, count: 15) + [0, 0xFF, 0xC4, 0, 0x14, 0x10, 1]
        + [UInt8](repeating: 0, count: 15) + [
          0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 0x3F, 0xFF, 0xD9,
        ],
    ],
    tokens: ["IHDR", "IDAT", "PLTE", "tRNS", "IEND", "sBIT", "gAMA"].map { [UInt8](text: $0) } + [
      [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xD9],
      [0xFF, 0xEE], [0xFF, 0xDD],
    ],
    lengthLimit: 1024,
    bytesPerByte: 8 * 3 * PictureCodecs.pixelsPerByte,
    parse: { _ = try PictureCodecs.decode($0, path: "f") })

  /// A chunk of a PNG file: its length, type, data, and the checksum of the latter two.
  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = [UInt8](text: type) + data
    return [UInt8](bigEndian: data.count) + content + [UInt8](bigEndian: Int(checksum(content)))
  }

  /// A selector, which must be the same when its canonical text is read.
  static let selectors = FuzzTarget(
    name: "selectors",
    seeds: [
      "two": [UInt8](text: "pid=1+2,class=a%2Bb"),
      "union": [UInt8](text: "pid=1|record=train-0001"),
    ],
    tokens: ["pid=", "+", ",", "|", "%2C", "%25", "%C3%A9", "e\u{301}"].map { [UInt8](text: $0) },
    parse: { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else { return }
      let selector = try Selector(canonicalText: text)
      let again = try? Selector(canonicalText: selector.canonicalText)
      precondition(again == selector, "two readings differ")
    })

  /// A file of DSSE envelopes; what is accepted is byte for byte what is written again.
  static let envelopes = FuzzTarget(
    name: "envelopes",
    seeds: [
      "one": [UInt8](
        text: #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","#
          + #""signatures":[{"keyid":"ab","sig":"AAAA"}]}"# + "\n"),
      "none": [UInt8](text: #"{"payload":"","payloadType":"","signatures":[]}"# + "\n"),
    ],
    tokens: [
      "\"payload\":", "\"payloadType\":", "\"signatures\":[", "\"keyid\":", "\"sig\":", "{\"",
      "}\n",
      "AAAA", "==", "-_", "+/",
    ].map { [UInt8](text: $0) },
    parse: { bytes in
      let envelopes = try DSSEEnvelope.parse(lines: bytes)
      precondition(DSSEEnvelope.lines(envelopes) == bytes, "accepted, but not the one text")
    })

  /// A signed note, which must be written as it was read.
  static let notes = FuzzTarget(
    name: "notes",
    seeds: [
      "one": [UInt8](
        text: "log\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} log AAAAAAAA\n")
    ],
    tokens: ["\n\n", "\u{2014} ", "AAAA", "=", "+"].map { [UInt8](text: $0) },
    parse: { bytes in
      let note = try SignedNote(parsing: bytes)
      let again = try? SignedNote(parsing: note.encoded)
      precondition(again == note, "two readings differ")
      _ = try? Checkpoint(parsing: note.text)
    })
}
