import Records

extension Reader where Value == VersionReference {
  static var version: Reader { version("VERSION") }

  static func version(_ placeholder: String) -> Reader {
    Reader(placeholder: placeholder) { (word) throws(Unreadable) in
      guard let version = VersionReference(word) else {
        throw Unreadable(expected: "a version such as v3, or an alias such as production")
      }
      return version
    }
  }
}

extension Reader where Value == Name {
  static var name: Reader { name("NAME") }

  static func name(_ placeholder: String) -> Reader {
    Reader(placeholder: placeholder) { (word) throws(Unreadable) in
      guard let name = Name(word) else {
        throw Unreadable(
          expected: "at most 64 letters, digits, '.', '_' and '-', the first a letter or digit")
      }
      return name
    }
  }

  /// A name that cannot be mistaken for a version.
  static var alias: Reader {
    Reader(placeholder: "NAME") { (word) throws(Unreadable) in
      guard case .alias(let name)? = VersionReference(word) else {
        throw Unreadable(expected: "an alias such as production, which no version is called")
      }
      return name
    }
  }
}

extension Reader where Value == RequestID {
  static var request: Reader {
    Reader(placeholder: "ID") { (word) throws(Unreadable) in
      guard let id = RequestID(word) else {
        throw Unreadable(
          expected: "a request id such as DSR-2026-001: letters, digits, '.', '_' and '-'")
      }
      return id
    }
  }
}

extension Reader where Value == String {
  /// The beginning of a key or digest, as lists show it.
  static var digest: Reader {
    Reader(placeholder: "DIGEST") { (word) throws(Unreadable) in
      let digits = word.utf8.starts(with: "sha256:".utf8) ? word.utf8.dropFirst(7) : word.utf8[...]
      let isHexadecimal = digits.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
      }
      guard (8...64).contains(digits.count), isHexadecimal else {
        throw Unreadable(expected: "8 to 64 hexadecimal digits, as 'derived list' shows them")
      }
      return word
    }
  }
}

extension Reader where Value == CalendarDate {
  static var date: Reader {
    Reader(placeholder: "DATE") { (word) throws(Unreadable) in
      guard let date = CalendarDate(word) else {
        throw Unreadable(expected: "a date that exists, as 2026-11-22")
      }
      return date
    }
  }
}

extension Reader where Value == Selector {
  static var selector: Reader {
    Reader(placeholder: "SELECTOR") { (word) throws(Unreadable) in
      do {
        return try Selector(try RecordList.expanding(word))
      } catch let error as SelectorError {
        throw Unreadable(expected: "a selector such as pid=1, but \(error.reason)")
      } catch let error as RecordListError {
        throw Unreadable(expected: "a list of record ids, but \(error)")
      } catch {
        throw Unreadable(expected: "a selector such as pid=1")
      }
    }
  }
}

extension Parameter where Value == Selector {
  /// An option that must be given, and again for more; what they select is united.
  static func selectors(_ name: String, _ help: String) -> Parameter {
    Parameter<[Selector]>.repeated(name, .selector, isRequired: true, help)
      .map { Selector(union: $0) }
  }
}

extension Parameter where Value == Selector? {
  /// An option that may be given, and again for more; what they select is united.
  static func optionalSelectors(_ name: String, _ help: String) -> Parameter {
    Parameter<[Selector]>.repeated(name, .selector, help)
      .map { $0.isEmpty ? nil : Selector(union: $0) }
  }
}
