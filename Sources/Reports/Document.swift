import Records

/// A report before it is written down: what it says, in order, without any markup.
///
/// Text that came from outside is plain text here; the two renderers escape all of it.
struct Document {
  let title: String
  let verdict: Verdict
  let answer: String
  /// The few facts everybody looks for, shown next to the answer.
  let facts: [Fact]
  let sections: [Section]
}

/// A name and its value.
struct Fact {
  let name: String
  let value: Phrase
}

/// A part of the document with a heading.
struct Section {
  /// A fragment identifier.
  let id: String
  let title: String
  let blocks: [Block]
}

/// What a section is made of.
enum Block {
  case paragraph(Phrase)
  case heading(String)
  case list([Phrase])
  case facts([Fact])
  case table(Table)
  case commands(String)
  case figure(Figure)
}

/// A table, its rows in groups.
struct Table {
  /// What the table shows, for people who do not see it.
  let caption: String
  let columns: [Column]
  let groups: [Group]

  /// A column's heading and what it holds.
  struct Column {
    let title: String
    let isNumeric: Bool

    init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// Rows that belong together, with a heading of their own when there is one.
  struct Group {
    let title: Phrase?
    let notes: [Phrase]
    let rows: [[Phrase]]
  }

  init(_ caption: String, columns: [Column], rows: [[Phrase]]) {
    self.init(caption, columns: columns, groups: [Group(title: nil, notes: [], rows: rows)])
  }

  init(_ caption: String, columns: [Column], groups: [Group]) {
    self.caption = caption
    self.columns = columns
    self.groups = groups
  }
}

/// A drawing, what it shows in words, and the figures it draws.
struct Figure {
  let title: String
  let caption: Phrase
  /// How to read the drawing; left out where it is not drawn.
  let legend: String
  /// An `svg` element; made by `Drawing`, which escapes.
  let drawing: String
  let table: Table
}
