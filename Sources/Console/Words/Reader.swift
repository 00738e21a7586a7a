import Records

/// How one word becomes a value.
package struct Reader<Value: Sendable>: Sendable {
  /// What stands for the word in the help, such as `VERSION`.
  let placeholder: String
  let read: @Sendable (String) throws(Unreadable) -> Value

  /// Reads a word for a parameter.
  ///
  /// - Throws: `UsageError.unreadable` naming the parameter, the word and what was expected.
  func value(of word: String, for parameter: String) throws(UsageError) -> Value {
    do {
      return try read(word)
    } catch {
      throw .unreadable(parameter, value: word, expected: error.expected, nearest: error.nearest)
    }
  }
}

/// What a word should have been.
struct Unreadable: Error {
  let expected: String
  var nearest: String?
}

extension Reader where Value == String {
  /// A path: any text but the empty one, without control characters.
  static func path(_ placeholder: String) -> Reader {
    Reader(placeholder: placeholder) { (word) throws(Unreadable) in
      guard !word.isEmpty, isPlain(word) else {
        throw Unreadable(expected: "a path, without control characters")
      }
      return word
    }
  }

  /// Text in a person's words: something that can be seen, at most 4096 scalars, no control
  /// characters.
  static func text(_ placeholder: String, _ expected: String = "some text") -> Reader {
    Reader(placeholder: placeholder) { (word) throws(Unreadable) in
      let isBlank = word.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.isInvisible }
      guard !isBlank, isPlain(word) else {
        throw Unreadable(expected: "\(expected) that is not blank, without control characters")
      }
      return word
    }
  }

  private static func isPlain(_ word: String) -> Bool {
    word.unicodeScalars.count <= 4096
      && word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}

extension Reader where Value: FixedWidthInteger {
  /// A whole number in decimal digits, within the range.
  static func whole(_ range: ClosedRange<Value>, _ placeholder: String = "N") -> Reader {
    Reader(placeholder: placeholder) { (word) throws(Unreadable) in
      let isDecimal = word.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isDecimal, let number = Value(word), range.contains(number) else {
        throw Unreadable(
          expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }
}

extension Reader {
  /// One word of a few.
  static func choice(_ choices: [(word: String, value: Value)]) -> Reader {
    let words = choices.map(\.word)
    let values = Dictionary(uniqueKeysWithValues: choices.map { ($0.word, $0.value) })
    return Reader(placeholder: words.joined(separator: "|")) { (word) throws(Unreadable) in
      guard let value = values[word] else {
        throw Unreadable(
          expected: words.joined(separator: " or "),
          nearest: Spelling.nearest(to: word, among: words))
      }
      return value
    }
  }
}

extension Reader
where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the cases, by its name.
  static var choice: Reader { choice(Value.allCases.map { ($0.rawValue, $0) }) }
}

extension Reader where Value == [String] {
  /// Names of outputs, separated by commas; no two alike.
  static var labels: Reader {
    Reader(placeholder: "NAME,NAME") { (word) throws(Unreadable) in
      let labels = word.fields(separatedBy: ",")
      guard labels.allSatisfy({ !$0.isEmpty }), Set(labels).count == labels.count else {
        throw Unreadable(expected: "different names separated by commas")
      }
      return labels
    }
  }
}
