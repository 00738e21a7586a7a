// What the program says, and where.
//
// Results go to standard output, and nothing else does: text for people, or with --json the same
// record as one line of JSON. So `imu-registry show v3 --json | jq` always works.
//
// Everything else goes to standard error. A message begins with the program's name, has no capital
// and no full stop, names the value it is about and stays one line. What can be done next follows
// on a line of its own that begins with "hint: ".
//
// Errors are always said; notes ("v4 is stored") and progress are not with --quiet, and progress
// only where standard error is a terminal. Nothing is coloured: a report is read printed, too.
//
// Names and labels come from files of others, so what they could do to a terminal is taken out.
// A reader that goes away (`| head -1`) is not an error: what is left to say is not said, the work
// goes on and the exit status is that of the work. A full disk is one.

import Glibc
import Records

/// Where words go.
package struct Terminal: Sendable {
  let output: @Sendable ([UInt8]) throws -> Void
  let errors: @Sendable ([UInt8]) -> Void
  /// Whether standard error is a terminal that a person looks at.
  let isWatched: Bool

  /// Takes the two streams as closures; tests gather what is written.
  package init(
    isWatched: Bool, output: @escaping @Sendable ([UInt8]) throws -> Void,
    errors: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.isWatched = isWatched
    self.output = output
    self.errors = errors
  }

  /// The streams of this process.
  static let ofProcess = Terminal(
    isWatched: isatty(STDERR_FILENO) == 1,
    output: { try write($0, to: STDOUT_FILENO) },
    // There is nowhere left to report that standard error cannot be written.
    errors: { try? write($0, to: STDERR_FILENO) })

  /// Writes a result; a line break is added when it lacks one.
  package func result(_ text: String) throws {
    try output(Array((text.hasSuffix("\n") ? text : text + "\n").harmless.utf8))
  }

  /// Writes a record as one line of JSON: canonical, but that what JSON allows and a terminal obeys is
  /// escaped.
  package func result(json record: some Encodable) throws {
    let text = String(decoding: CanonicalText.encode(record), as: UTF8.self)
    try output(Array((text.escapedForJSON + "\n").utf8))
  }

  /// Says something on standard error.
  package func message(_ text: String) { line("imu-registry: \(text)") }

  /// Says what can be done next.
  package func hint(_ text: String) { line("hint: \(text)") }

  private func line(_ text: String) {
    let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    errors(Array((oneLine.harmless + "\n").utf8))
  }
}

/// Results that could not be written.
package struct OutputError: Error, Equatable, CustomStringConvertible {
  let number: Int32
  package var description: String { "cannot write to standard output: \(systemMessage(number))" }
}

/// Writes all the bytes; a pipe that nobody reads takes them silently.
private func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno == EPIPE {
      return
    } else if errno != EINTR {
      throw OutputError(number: errno)
    }
  }
}

extension String {
  /// The text with blanks after it, or before it, up to a number of scalars.
  func padded(to width: Int, atEnd: Bool = true) -> String {
    let blanks = String(repeating: " ", count: max(0, width - unicodeScalars.count))
    return atEnd ? self + blanks : blanks + self
  }
}
