import Records

/// The words of a command line, sorted under the parameters they belong to.
package struct Arguments: Sendable {
  private var words: [String: [String]] = [:]

  /// Sorts `--name value`, `--name=value`, flags and operands; after `--` all are operands.
  ///
  /// A value that begins with `--` must be written `--name=value`: it is nearly always a forgotten
  /// value.
  ///
  /// - Throws: `UsageError` for what is unknown, given twice, or lacks its value.
  package init(_ line: [String], for declarations: [Declaration]) throws(UsageError) {
    let named = Dictionary(
      uniqueKeysWithValues: declarations.filter { $0.kind != .operand }.map { ($0.name, $0) })
    var operands: [String] = []
    var rest = line[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let (name, value) = Self.split(word)
      guard let declaration = named[name] else {
        let known = declarations.map(\.name).filter { named[$0] != nil }
        throw .unknownOption(name, nearest: Spelling.nearest(toOption: name, among: known))
      }
      try add(try Self.value(value, for: declaration, from: &rest), to: declaration)
    }
    try place(operands, under: declarations.filter { $0.kind == .operand })
  }

  /// The value of a declared parameter, in its own type.
  ///
  /// - Throws: `UsageError` when it is required and missing, or cannot be read.
  package subscript<Value>(parameter: Parameter<Value>) -> Value {
    get throws(UsageError) { try parameter.value(words[parameter.declaration.name] ?? []) }
  }

  /// Whether the parameter was given at all.
  package func has<Value>(_ parameter: Parameter<Value>) -> Bool {
    words[parameter.declaration.name] != nil
  }

  /// `--name=value` in its two halves.
  static func split(_ word: String) -> (name: String, value: String?) {
    guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  private static func value(
    _ attached: String?, for declaration: Declaration, from rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    if declaration.kind == .flag {
      guard attached == nil else { throw .unexpectedValue(declaration.name) }
      return ""
    }
    if let attached { return attached }
    guard let next = rest.first, !next.hasPrefix("--") else {
      throw .missingValue(declaration.usage)
    }
    rest.removeFirst()
    return next
  }

  private mutating func add(_ word: String, to declaration: Declaration) throws(UsageError) {
    guard words[declaration.name] == nil || declaration.isRepeatable else {
      throw .repeated(declaration.name)
    }
    words[declaration.name, default: []].append(word)
  }

  private mutating func place(
    _ operands: [String], under declarations: [Declaration]
  ) throws(UsageError) {
    if operands.count > declarations.count {
      throw .unexpectedOperand(operands[declarations.count])
    }
    for (word, declaration) in zip(operands, declarations) { words[declaration.name] = [word] }
  }
}
