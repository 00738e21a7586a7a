/// A thing that has a line in a kept state.
package protocol StateLine: Equatable, Sendable {
  /// The word its line begins with.
  static var word: String { get }
  /// The fields behind the word.
  var fields: [String] { get }
  /// What does not fit gives the neutral value that allows least.
  init(_ fields: inout StateFields)
}

/// The things of one kind that a state has, in the order of the log.
///
/// Those of a kept state are decoded each time they are asked for: a command loads megabytes of them
/// and needs a few. A copy shares them, and costs what came or changed since.
package struct StateList<Element: StateLine>: RandomAccessCollection, MutableCollection, Sendable {
  private var kept: KeptLines
  private var changed: [Int: Element] = [:]
  private var added: [Element] = []

  init(_ kept: KeptLines = KeptLines()) { self.kept = kept }

  package var startIndex: Int { 0 }
  package var endIndex: Int { kept.count + added.count }

  package subscript(position: Int) -> Element {
    get {
      guard position < kept.count else { return added[position - kept.count] }
      if !changed.isEmpty, let element = changed[position] { return element }
      var fields = kept.fields(at: position)
      return Element(&fields)
    }
    set {
      if position < kept.count {
        changed[position] = newValue
      } else {
        added[position - kept.count] = newValue
      }
    }
  }

  mutating func append(_ element: Element) { added.append(element) }

  /// Tells of the fields of each kept line, as long as the body says that they are sound.
  func allKept(_ body: (_ position: Int, _ fields: inout StateFields) -> Bool) -> Bool {
    kept.indices.allSatisfy { position in
      var fields = kept.fields(at: position)
      return body(position, &fields) && fields.isSound
    }
  }

  /// The positions of those at the end that fit.
  func positions(ofLast fits: (Element) -> Bool) -> Range<Int> {
    (indices.last { !fits(self[$0]) }.map { $0 + 1 } ?? 0)..<count
  }

  /// Writes a line for each; those that are as they were kept are copied.
  func write(to lines: inout StateLines) {
    for position in kept.indices {
      if let element = changed[position] {
        lines.add([Element.word] + element.fields)
      } else {
        lines.add(kept.line(at: position))
      }
    }
    for element in added { lines.add([Element.word] + element.fields) }
  }
}

extension StateList: Equatable {
  package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}
