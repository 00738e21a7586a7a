/// An SVG drawing under construction, in tenths of a pixel so that no fraction is ever rounded.
///
/// Shapes carry classes of the stylesheet and no colours of their own; filled, outlined and ticked
/// shapes differ in form, so that the drawing reads in black and white.
struct Drawing {
  /// Width of every drawing, in tenths.
  static let width = 4400

  private let id: String
  private let title: String
  private let description: String
  private var elements: [String] = []

  /// Begins a drawing.
  ///
  /// - Parameters:
  ///   - id: unique in the document.
  ///   - title: what is drawn.
  ///   - description: what it shows, for people who do not see it.
  init(id: String, title: String, description: String) {
    self.id = id
    self.title = title
    self.description = description
  }

  enum Anchor: String { case start, middle, end }

  mutating func line(_ kind: String, x1: Int, y1: Int, x2: Int, y2: Int) {
    elements.append(
      "<line class=\"\(kind)\" x1=\"\(Self.pixels(x1))\" y1=\"\(Self.pixels(y1))\" x2=\"\(Self.pixels(x2))\" y2=\"\(Self.pixels(y2))\"/>"
    )
  }

  mutating func bar(_ kind: String, x: Int, y: Int, width: Int, height: Int) {
    elements.append(
      "<rect class=\"\(kind)\" x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\" width=\"\(Self.pixels(width))\" height=\"\(Self.pixels(height))\"/>"
    )
  }

  mutating func circle(_ kind: String, x: Int, y: Int, radius: Int = 45) {
    elements.append(
      "<circle class=\"\(kind)\" cx=\"\(Self.pixels(x))\" cy=\"\(Self.pixels(y))\" r=\"\(Self.pixels(radius))\"/>"
    )
  }

  mutating func curve(_ points: [(x: Int, y: Int)]) {
    let text = points.map { "\(Self.pixels($0.x)),\(Self.pixels($0.y))" }.joined(separator: " ")
    elements.append("<polyline class=\"curve\" points=\"\(text)\"/>")
  }

  mutating func text(_ text: String, kind: String = "label", x: Int, y: Int, _ anchor: Anchor) {
    elements.append(
      "<text class=\"\(kind)\" x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\" text-anchor=\"\(anchor.rawValue)\">\(Markup.escaped(text))</text>"
    )
  }

  /// The element, of that height in tenths.
  func svg(height: Int) -> String {
    """
    <svg viewBox="0 0 \(Self.pixels(Self.width)) \(Self.pixels(height))" role="img" aria-labelledby="\(id)-title \(id)-desc">
    <title id="\(id)-title">\(Markup.escaped(title))</title>
    <desc id="\(id)-desc">\(Markup.escaped(description))</desc>
    \(elements.joined(separator: "\n"))
    </svg>
    """
  }

  private static func pixels(_ tenths: Int) -> String {
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// A name cut to what fits beside a drawing; the table below has all of it.
  static func shortened(_ text: String, to count: Int) -> String {
    text.count > count ? text.prefix(count - 1) + "…" : text
  }
}
