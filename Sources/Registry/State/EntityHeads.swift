import Records

/// The last event about each entity, by the entity's name.
///
/// Those of a kept state lie sorted, and are searched where they lie.
struct EntityHeads: Sendable {
  private var kept: KeptLines
  private var changed: [String: Int] = [:]

  static let word = "head"

  init() { kept = KeptLines() }

  /// - Returns: nil for lines that are not sorted, or name an entity twice.
  init?(_ kept: KeptLines) {
    self.kept = kept
    var last: String?
    for position in kept.indices {
      var fields = kept.fields(at: position)
      let (entity, _) = (fields.text(), fields.integer())
      guard fields.isSound, last.map({ ByteOrder.precedes($0, entity) }) ?? true else { return nil }
      last = entity
    }
  }

  var isEmpty: Bool { kept.count == 0 && changed.isEmpty }

  /// Cost: a binary search.
  subscript(entity: String) -> Int? {
    get {
      if let index = changed[entity] { return index }
      let position = firstKept(from: entity)
      guard position < kept.count else { return nil }
      var fields = kept.fields(at: position)
      return fields.text() == entity ? fields.integer() : nil
    }
    set { changed[entity] = newValue }
  }

  /// The entities whose name begins so.
  func entities(beginning prefix: String) -> [String] {
    let found = (firstKept(from: prefix)..<kept.count).lazy.map { entity(at: $0) }
      .prefix { $0.hasPrefix(prefix) }
    return Set(found).union(changed.keys.filter { $0.hasPrefix(prefix) })
      .sorted(by: ByteOrder.precedes)
  }

  /// Writes a line for each, sorted.
  func write(to lines: inout StateLines) {
    let changes = changed.sorted { ByteOrder.precedes($0.key, $1.key) }
    var position = 0
    for (entity, index) in changes {
      while position < kept.count, ByteOrder.precedes(self.entity(at: position), entity) {
        lines.add(kept.line(at: position))
        position += 1
      }
      if position < kept.count, self.entity(at: position) == entity { position += 1 }
      lines.add([Self.word, entity, "\(index)"])
    }
    for rest in position..<kept.count { lines.add(kept.line(at: rest)) }
  }

  private func entity(at position: Int) -> String {
    var fields = kept.fields(at: position)
    return fields.text()
  }

  /// The first that does not precede a name.
  private func firstKept(from name: String) -> Int {
    var (low, high) = (0, kept.count)
    while low < high {
      let middle = (low + high) / 2
      if ByteOrder.precedes(entity(at: middle), name) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension EntityHeads: Equatable {
  static func == (left: Self, right: Self) -> Bool {
    var (one, other) = (StateLines(), StateLines())
    left.write(to: &one)
    right.write(to: &other)
    return one.bytes == other.bytes
  }
}
