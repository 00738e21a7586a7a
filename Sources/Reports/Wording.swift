import Records

/// Small matters of language.
enum Wording {
  private static let acronyms = [
    "auc": "AUC", "tpr": "TPR", "fpr": "FPR", "mia": "MIA", "l1": "ℓ1",
  ]

  /// `1 record`, `30 records`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(Number.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A sentence as part of another: one line, without its full stop.
  static func clause(_ sentence: String) -> String {
    var text = sentence.split(whereSeparator: \.isNewline).joined(separator: " ")[...]
    while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// The first of several sentences, as part of another.
  static func firstClause(_ sentences: String) -> String {
    let text = clause(sentences)
    return text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) } ?? text
  }

  /// A sentence with its full stop, begun with a capital.
  static func sentence(_ text: String) -> String {
    let clause = clause(text)
    let end = clause.last.map { "!?".contains($0) } == true || clause.isEmpty ? "" : "."
    return capitalised(clause) + end
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// `learningRatePartsPerBillion` → `learning rate`.
  static func words(ofName name: String) -> String {
    var stem = name[...]
    for unit in ["PartsPerMillion", "PartsPerBillion"]
    where stem.hasSuffix(unit) && stem.count > unit.count {
      stem = stem.dropLast(unit.count)
      break
    }
    var text = ""
    for character in stem {
      if character.isUppercase {
        text += " " + character.lowercased()
      } else {
        text.append(character == "-" || character == "_" ? " " : character)
      }
    }
    return text.split(separator: " ").map { acronyms[String($0)] ?? String($0) }
      .joined(separator: " ")
  }
}

/// Names of versions.
enum Names {
  /// `speakers@v4` → `v4`.
  static func short(_ name: String) -> String {
    name.split(separator: "@").last.map(String.init) ?? name
  }
}
