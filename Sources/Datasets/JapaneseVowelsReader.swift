import CJapaneseVowels
import Records

/// Reads the embedded data set: nine speakers, 12 cepstrum channels, 7 to 29 frames.
///
/// M. Kudo, J. Toyama and M. Shimbo, 1999, doi:10.24432/C5NS47, CC BY 4.0. The layout of the bytes
/// is described in Scripts/embed-japanese-vowels. A person is `pid=1` to `pid=9`.
package enum JapaneseVowelsReader: DatasetReader {
  package static let format = "japanese-vowels"
  package static let summary = "nine speakers, embedded: no file needed"
  private static let speakerCount = 9

  package static func read(_ options: ReadingOptions) throws(DatasetError) -> Reading {
    guard options.source.files.isEmpty else {
      throw .unusableSource(format: format, reason: "it is embedded and takes no files")
    }
    guard options.subjectKey == nil || options.subjectKey == "pid" else {
      throw .unusableSource(format: format, reason: "its subject key is 'pid'")
    }
    let bytes = unsafe Array(
      UnsafeBufferPointer(start: japanese_vowels_bytes, count: japanese_vowels_count))
    guard let reading = reading(of: bytes) else {
      throw .unreadable(file: "japanese-vowels.bin", reason: "the embedded data is damaged")
    }
    return reading
  }

  /// Decodes the layout; nil when it is not that.
  package static func reading(of bytes: [UInt8]) -> Reading? {
    guard bytes.starts(with: "JVOWELS1".utf8) else { return nil }
    var rest = LittleEndianBytes(bytes[8...])
    guard let channels = rest.next(2), let width = rest.next(2), let training = rest.next(2),
      let test = rest.next(2), channels > 0
    else { return nil }
    var examples: [Example] = []
    for index in 0..<training + test {
      guard
        let example = example(
          from: &rest, channels: channels, width: width, split: index < training ? .training : .test
        )
      else { return nil }
      examples.append(example)
    }
    guard rest.isEmpty else { return nil }
    return Reading(
      inputShape: [1, width, channels], labelNames: (1...speakerCount).map { "speaker-\($0)" },
      examples: examples)
  }

  private static func example(
    from rest: inout LittleEndianBytes, channels: Int, width: Int, split: Split
  ) -> Example? {
    guard let label = rest.next(1), label < speakerCount, let frames = rest.next(1), frames > 0,
      frames <= width
    else { return nil }
    var values: [Float] = []
    for _ in 0..<frames * channels {
      guard let word = rest.next(3) else { return nil }
      let millionths = word < 1 << 23 ? word : word - 1 << 24
      values.append(Float(Double(millionths) / 1e6))
    }
    return Example(
      split: split, label: label, values: values, subjects: ["pid": String(label + 1)])
  }
}

/// Takes unsigned little-endian integers from the front of some bytes.
struct LittleEndianBytes {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isEmpty: Bool { rest.isEmpty }

  /// The next integer of that many bytes; nil when too few are left.
  mutating func next(_ count: Int) -> Int? {
    guard rest.count >= count else { return nil }
    var value = 0
    for offset in 0..<count { value |= Int(rest[rest.startIndex + offset]) << (8 * offset) }
    rest.removeFirst(count)
    return value
  }
}
