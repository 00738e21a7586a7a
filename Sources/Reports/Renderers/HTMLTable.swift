/// Writes a table that scrolls in its own container, or, when grouped, folds on a narrow screen.
enum HTMLTable {
  static func render(_ table: Table) -> String {
    let caption = Markup.escaped(table.caption)
    let kind = table.isGrouped ? "grouped" : "plain"
    return """
      <div class="scroll \(kind)" role="region" aria-label="\(caption)" tabindex="0"><table>
      <caption>\(caption)</caption>
      <thead><tr>\(table.columns.map(heading).joined())</tr></thead>
      \(table.groups.map { body($0, of: table) }.joined(separator: "\n"))
      </table></div>
      """
  }

  private static func heading(_ column: Table.Column) -> String {
    "<th scope=\"col\"\(kind(column))>\(Markup.escaped(column.title))</th>"
  }

  private static func body(_ group: Table.Group, of table: Table) -> String {
    var rows: [String] = []
    if let title = group.title {
      let notes = group.notes.map { "<p>\(HTMLRenderer.inline($0))</p>" }.joined()
      rows.append(
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">"
          + "<span class=\"name\">\(HTMLRenderer.inline(title))</span>\(notes)</th></tr>")
    }
    rows += group.rows.map { row($0, of: table) }
    return "<tbody>\(rows.joined(separator: "\n"))</tbody>"
  }

  private static func row(_ cells: [Phrase], of table: Table) -> String {
    let cells = zip(table.columns, cells).enumerated().map { index, pair in
      let (column, phrase) = pair
      let text = HTMLRenderer.inline(phrase)
      guard index > 0 else { return "<th scope=\"row\"\(kind(column))>\(text)</th>" }
      let label = "data-label=\"\(Markup.escaped(column.title))\""
      return "<td \(label)\(kind(column))>\(text)</td>"
    }
    return "<tr>\(cells.joined())</tr>"
  }

  private static func kind(_ column: Table.Column) -> String {
    column.isNumeric ? " class=\"number\"" : ""
  }
}
