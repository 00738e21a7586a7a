/// Writes a table that scrolls in its own container, or folds into lists on a narrow screen.
///
/// The roles are those the elements have anyway; browsers drop them where a style folds the table.
enum HTMLTable {
  static func render(_ table: Table) -> String {
    let caption = Markup.escaped(table.caption)
    let kind = table.columns.count > 3 ? "scroll fold" : "scroll"
    return """
      <div class="\(kind)" role="region" aria-label="\(caption)" tabindex="0"><table role="table">
      <caption>\(caption)</caption>
      <thead role="rowgroup"><tr role="row">\(table.columns.map(heading).joined())</tr></thead>
      \(table.groups.map { body($0, of: table) }.joined(separator: "\n"))
      </table></div>
      """
  }

  private static func heading(_ column: Table.Column) -> String {
    "<th role=\"columnheader\" scope=\"col\"\(kind(column))>\(Markup.escaped(column.title))</th>"
  }

  private static func body(_ group: Table.Group, of table: Table) -> String {
    var rows: [String] = []
    if let title = group.title {
      let notes = group.notes.map { "<p>\(HTMLRenderer.inline($0))</p>" }.joined()
      rows.append(
        "<tr role=\"row\" class=\"group\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"\(table.columns.count)\">"
          + "<span class=\"name\">\(HTMLRenderer.inline(title))</span>\(notes)</th></tr>")
    }
    rows += group.rows.map { row($0, of: table) }
    return "<tbody role=\"rowgroup\">\(rows.joined(separator: "\n"))</tbody>"
  }

  private static func row(_ cells: [Phrase], of table: Table) -> String {
    let cells = zip(table.columns, cells).enumerated().map { index, pair in
      let (column, phrase) = pair
      let text = HTMLRenderer.inline(phrase)
      guard index > 0 else {
        return "<th role=\"rowheader\" scope=\"row\"\(kind(column))>\(text)</th>"
      }
      let label = "data-label=\"\(Markup.escaped(column.title))\""
      return "<td role=\"cell\" \(label)\(kind(column))><span>\(text)</span></td>"
    }
    return "<tr role=\"row\">\(cells.joined())</tr>"
  }

  private static func kind(_ column: Table.Column) -> String {
    column.isNumeric ? " class=\"number\"" : ""
  }
}
