/// What a `.ts` file holds.
package struct TSDocument: Hashable, Sendable {
  /// The class labels as the header spells them; a case's label is an index into it.
  package let classes: [String]
  package let channels: Int
  package let cases: [Case]

  package struct Case: Hashable, Sendable {
    package let label: Int
    /// `[frames, channels]`, row-major.
    package let values: [Float]
  }
}

/// Reads the `.ts` text format strictly: labelled classes, no time stamps, no missing values.
///
/// A header of `@` directives ends with `@data`; then a line a case, dimensions and the class label
/// separated by `:`, the frames of a dimension by `,`. Lines that begin with `#` are comments.
package struct TSParser {
  package static let sizeLimit = 256_000_000
  private static let channelLimit = 4096
  /// The most values of one record; all records are padded to the longest.
  private static let valueLimit = 1_000_000
  private static let directiveNames: Set<String> = [
    "@problemname", "@timestamps", "@missing", "@univariate", "@dimension", "@dimensions",
    "@equallength", "@serieslength", "@classlabel", "@data",
  ]

  private var lines: TextLines
  private var directives: [String: [String]] = [:]

  /// Parses a whole file.
  ///
  /// - Throws: `DatasetError.malformed` naming the line and what is wrong with it.
  package static func parse(_ bytes: [UInt8], file: String) throws(DatasetError) -> TSDocument {
    var parser = TSParser(lines: try TextLines(bytes, file: file, sizeLimit: sizeLimit))
    try parser.readHeader()
    return try parser.document()
  }

  private init(lines: TextLines) { self.lines = lines }

  private mutating func readHeader() throws(DatasetError) {
    while let line = try lines.next() {
      guard line.hasPrefix("@") else {
        throw lines.malformed("expected a directive such as @data, not '\(Quoted.text(line))'")
      }
      let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      let name = words[0].lowercased()
      guard Self.directiveNames.contains(name) else {
        throw lines.malformed("unknown directive '\(Quoted.text(words[0]))'")
      }
      if name == "@data" { return }
      guard directives.updateValue(Array(words.dropFirst()), forKey: name) == nil else {
        throw lines.malformed("'\(Quoted.text(name))' is given twice")
      }
    }
    throw lines.malformed("the file ends without @data")
  }

  private mutating func document() throws(DatasetError) -> TSDocument {
    for name in ["@timestamps", "@missing"] where try flag(name) == true {
      throw lines.malformed("'\(name)' must be false: such series cannot be read")
    }
    let classes = try classes()
    let channels = try channels()
    var labels: [String: Int] = [:]
    for (label, name) in classes.enumerated() { labels[name] = label }
    let isEqualLength = try flag("@equallength") == true
    var cases: [TSDocument.Case] = []
    while let line = try lines.next() {
      let item = try Self.parse(line, channels: channels, labels: labels, at: lines)
      if isEqualLength, let first = cases.first, first.values.count != item.values.count {
        throw lines.malformed(
          "\(item.values.count / channels) frames, though @equalLength is true and the first "
            + "case has \(first.values.count / channels)")
      }
      cases.append(item)
    }
    guard !cases.isEmpty else { throw lines.malformed("the file has no case after @data") }
    return TSDocument(classes: classes, channels: channels, cases: cases)
  }

  /// A directive that is true or false; nil when it is not given.
  private func flag(_ name: String) throws(DatasetError) -> Bool? {
    guard let words = directives[name] else { return nil }
    switch words.map({ $0.lowercased() }) {
    case ["true"]: return true
    case ["false"]: return false
    default: throw lines.malformed("'\(name)' is neither true nor false")
    }
  }

  private func classes() throws(DatasetError) -> [String] {
    guard let words = directives["@classlabel"], words.first?.lowercased() == "true",
      words.count >= 2
    else { throw lines.malformed("the header has no '@classLabel true' with the class labels") }
    let names = Array(words.dropFirst())
    guard Set(names).count == names.count else {
      throw lines.malformed("@classLabel names a class twice")
    }
    return names
  }

  private func channels() throws(DatasetError) -> Int {
    let isUnivariate = try flag("@univariate") == true
    let words = directives["@dimensions"] ?? directives["@dimension"] ?? (isUnivariate ? ["1"] : [])
    guard words.count == 1, let channels = Int(words[0]),
      (1...(isUnivariate ? 1 : Self.channelLimit)).contains(channels)
    else {
      throw lines.malformed("the header needs @dimensions from 1 to \(Self.channelLimit)")
    }
    return channels
  }

  private static func parse(
    _ line: String, channels: Int, labels: [String: Int], at lines: TextLines
  ) throws(DatasetError) -> TSDocument.Case {
    // Counted before they are made: a long line of separators would fill the memory with parts.
    let partCount = line.utf8.count { $0 == UInt8(ascii: ":") } + 1
    guard partCount == channels + 1 else {
      throw lines.malformed(
        "expected \(channels) dimensions and a class label, got \(partCount) parts")
    }
    let parts = line.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let name = String(Substring(TextLines.trimmed(parts[channels])))
    guard let label = labels[name] else {
      throw lines.malformed("class '\(Quoted.text(name))' is not in @classLabel")
    }
    var dimensions: [[Float]] = []
    for part in parts.dropLast() {
      let dimension = try values(of: part, channels: channels, at: lines)
      guard dimension.count == dimensions.first?.count ?? dimension.count else {
        throw lines.malformed(
          "dimension \(dimensions.count + 1) has \(dimension.count) frames, dimension 1 has "
            + "\(dimensions[0].count)")
      }
      dimensions.append(dimension)
    }
    let frames = dimensions[0].indices.flatMap { frame in dimensions.map { $0[frame] } }
    return TSDocument.Case(label: label, values: frames)
  }

  private static func values(
    of part: Substring.UTF8View, channels: Int, at lines: TextLines
  ) throws(DatasetError) -> [Float] {
    let fieldCount = part.count { $0 == UInt8(ascii: ",") } + 1
    guard fieldCount <= valueLimit / channels else {
      throw lines.malformed(
        "\(fieldCount) frames of \(channels) channels; a record can have \(valueLimit) values")
    }
    let fields = part.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    var values: [Float] = []
    for field in fields {
      let text = Substring(TextLines.trimmed(field))
      guard let value = number(text) else {
        throw lines.malformed("'\(Quoted.text(String(text)))' is no finite decimal number")
      }
      values.append(value)
    }
    return values
  }

  /// A decimal number, rounded to Double and then to Float; nil for `nan`, `0x1`, `?` and the like.
  private static func number(_ text: Substring) -> Float? {
    guard text.utf8.count <= 64,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let value = Double(text)
    else { return nil }
    let rounded = Float(value)
    return rounded.isFinite ? rounded : nil
  }
}
