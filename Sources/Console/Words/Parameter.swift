/// A parameter of a command: how it is written, one line of help, and how its words become a value.
///
/// One declaration feeds the parser and the help page, so they cannot disagree.
package struct Parameter<Value: Sendable>: Sendable {
  package let declaration: Declaration
  /// Takes the words given, none or several, and makes the value of them.
  let value: @Sendable ([String]) throws(UsageError) -> Value
}

/// What parser and help page know of a parameter, whatever the type of its value.
package struct Declaration: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case flag, option, operand }

  package let kind: Kind
  /// Such as `--model`; for an operand what stands for its value, such as `VERSION`.
  package let name: String
  /// What stands for the value in the help, such as `VERSION` or `sgd|adam`; empty for a flag.
  package let placeholder: String
  package let isRequired: Bool
  package let isRepeatable: Bool
  package let help: String

  /// As it is written, such as `--model VERSION`.
  package var usage: String {
    let written = kind == .option ? "\(name) \(placeholder)" : name
    return isRepeatable ? written + "..." : written
  }
}

extension Parameter {
  /// A word that is there or not, such as `--dry-run`.
  static func flag(_ name: String, _ help: String) -> Parameter where Value == Bool {
    Parameter(
      declaration: Declaration(
        kind: .flag, name: name, placeholder: "", isRequired: false, isRepeatable: false,
        help: help)
    ) { (words) throws(UsageError) in !words.isEmpty }
  }

  /// An option that must be given.
  static func required(_ name: String, _ reader: Reader<Value>, _ help: String) -> Parameter {
    let declaration = Declaration(
      kind: .option, name: name, placeholder: reader.placeholder, isRequired: true,
      isRepeatable: false, help: help)
    return single(declaration, reader)
  }

  /// An option that may be left out.
  static func optional<Wrapped>(
    _ name: String, _ reader: Reader<Wrapped>, _ help: String
  ) -> Parameter where Value == Wrapped? {
    let declaration = Declaration(
      kind: .option, name: name, placeholder: reader.placeholder, isRequired: false,
      isRepeatable: false, help: help)
    return maybe(declaration, reader)
  }

  /// An option that stands for a value when it is left out; the help names that value.
  static func option(
    _ name: String, _ reader: Reader<Value>, default word: String, _ help: String
  ) -> Parameter {
    let declaration = Declaration(
      kind: .option, name: name, placeholder: reader.placeholder, isRequired: false,
      isRepeatable: false, help: "\(help) (default: \(word))")
    return Parameter(declaration: declaration) { (words) throws(UsageError) in
      try reader.value(of: words.first ?? word, for: name)
    }
  }

  /// An option that may be given again and again.
  static func repeated<Element>(
    _ name: String, _ reader: Reader<Element>, isRequired: Bool = false, _ help: String
  ) -> Parameter where Value == [Element] {
    let declaration = Declaration(
      kind: .option, name: name, placeholder: reader.placeholder, isRequired: isRequired,
      isRepeatable: true, help: help)
    return Parameter(declaration: declaration) { (words) throws(UsageError) in
      if words.isEmpty, isRequired { throw .missing(declaration.usage) }
      var elements: [Element] = []
      for word in words { elements.append(try reader.value(of: word, for: name)) }
      return elements
    }
  }

  /// A word without a name that must be given.
  static func operand(_ reader: Reader<Value>, _ help: String) -> Parameter {
    let declaration = Declaration(
      kind: .operand, name: reader.placeholder, placeholder: reader.placeholder, isRequired: true,
      isRepeatable: false, help: help)
    return single(declaration, reader)
  }

  /// A word without a name that may be left out.
  static func optionalOperand<Wrapped>(
    _ reader: Reader<Wrapped>, _ help: String
  ) -> Parameter where Value == Wrapped? {
    let declaration = Declaration(
      kind: .operand, name: reader.placeholder, placeholder: reader.placeholder,
      isRequired: false, isRepeatable: false, help: help)
    return maybe(declaration, reader)
  }

  /// The same parameter, its value made into another.
  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Parameter<Other> {
    let value = self.value
    return Parameter<Other>(declaration: declaration) { (words) throws(UsageError) in
      transform(try value(words))
    }
  }

  private static func single(_ declaration: Declaration, _ reader: Reader<Value>) -> Parameter {
    Parameter(declaration: declaration) { (words) throws(UsageError) in
      guard let word = words.first else { throw .missing(declaration.usage) }
      return try reader.value(of: word, for: declaration.name)
    }
  }

  private static func maybe<Wrapped>(
    _ declaration: Declaration, _ reader: Reader<Wrapped>
  ) -> Parameter where Value == Wrapped? {
    Parameter(declaration: declaration) { (words) throws(UsageError) in
      guard let word = words.first else { return nil }
      return try reader.value(of: word, for: declaration.name)
    }
  }
}
