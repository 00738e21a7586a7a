/// Rows under headings, in aligned columns.
package struct Table: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    let title: String
    let isNumeric: Bool

    /// A column of words, aligned left.
    package static func words(_ title: String) -> Column { Column(title: title, isNumeric: false) }
    /// A column of numbers, aligned right.
    package static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  package let columns: [Column]
  package private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; there is a cell for every column.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row has a cell for every column")
    rows.append(cells.map(\.oneLine))
  }

  /// The lines, a title above each column; a scalar counts as one column wide.
  package var text: String {
    let lines = [columns.map(\.title)] + rows
    let widths = columns.indices.map { column in
      lines.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    return lines.map { line in
      let cells = line.indices.map { index in
        line[index].padded(to: widths[index], atEnd: !columns[index].isNumeric)
      }
      var text = cells.joined(separator: "  ")
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }.joined()
  }
}

/// Names and their values, one a line, the values aligned.
package struct KeyValueList: Equatable, Sendable {
  package private(set) var entries: [Entry] = []

  package struct Entry: Equatable, Sendable {
    let key: String
    let value: String
  }

  package init() {}

  /// Adds a line; what has no value is left out.
  package mutating func add(_ key: String, _ value: String?) {
    if let value { entries.append(Entry(key: key.oneLine, value: value.oneLine)) }
  }

  package var text: String {
    let width = entries.map(\.key.unicodeScalars.count).max() ?? 0
    return entries.map { "\($0.key.padded(to: width))  \($0.value)\n" }.joined()
  }
}
