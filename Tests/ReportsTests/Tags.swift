/// A strict reader of the tags of a document: XML rules, no entities but those the writer uses.
enum Tags {
  /// What stands between `<` and `>`, in order.
  static func elements(_ html: String) -> [Substring] {
    html.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
  }

  /// The values of an attribute, in order.
  static func attribute(_ name: String, of html: String) -> [String] {
    elements(html).flatMap { tag in
      tag.split(separator: " \(name)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
  }

  /// The text without tags, entities resolved.
  static func text(_ html: Substring) -> String {
    var text = html.split(separator: "<", omittingEmptySubsequences: false).enumerated()
      .map { index, part in
        index == 0
          ? part : part[(part.firstIndex(of: ">").map(part.index(after:)) ?? part.startIndex)...]
      }.joined()
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(
        separator: character)
    }
    return text
  }

  /// The first thing that is not well-formed; nil when everything is.
  static func fault(_ html: String) -> String? {
    var open: [Substring] = []
    guard html.hasPrefix("<!DOCTYPE html>\n") else { return "no document type" }
    for part in html.dropFirst("<!DOCTYPE html>\n".count).split(separator: "<") {
      guard let end = part.firstIndex(of: ">") else { return "'<\(part.prefix(40))' is not closed" }
      let (tag, text) = (part[..<end], part[part.index(after: end)...])
      if let fault = entityFault(text) ?? entityFault(tag) { return fault }
      if text.contains(">") { return "a bare '>' after <\(tag)>" }
      let name = tag.prefix { !" /".contains($0) }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else {
          return "</\(tag.dropFirst())> closes nothing"
        }
      } else {
        guard tag.filter({ $0 == "\"" }).count.isMultiple(of: 2) else { return "<\(tag)>" }
        if !tag.hasSuffix("/") { open.append(name) }
      }
    }
    return open.isEmpty ? nil : "<\(open.joined(separator: "> <"))> left open"
  }

  private static func entityFault(_ text: Substring) -> String? {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let name = part.prefix { $0 != ";" }
      if !["amp", "lt", "gt", "quot", "#39"].contains(name) { return "'&\(part.prefix(20))'" }
    }
    return nil
  }
}
