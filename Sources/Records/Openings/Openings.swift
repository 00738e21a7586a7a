/// What is sealed of a request: whose records, and the id people gave it.
package struct RequestOpening: Hashable, Sendable, Codable {
  package let id: String
  package let receivedOn: CalendarDate
  /// The canonical text of the selector.
  package let subject: String

  package init(id: String, receivedOn: CalendarDate, subject: String) {
    self.id = id
    self.receivedOn = receivedOn
    self.subject = subject
  }
}

extension RequestOpening {
  /// Reads the canonical text of an opening that needs no escapes, as nearly all do; nil for others.
  ///
  /// A look-up reads thousands.
  package init?(plain text: [UInt8]) {
    func skip(_ word: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
      guard rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      return true
    }
    func string(_ rest: inout ArraySlice<UInt8>) -> String? {
      let end = rest.firstIndex { #""\"#.utf8.contains($0) || $0 < 0x20 }
      guard let end, rest[end] == UInt8(ascii: "\"") else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(validating: rest[..<end], as: UTF8.self)
    }
    var rest = text[...]
    guard skip(#"{"id":""#, &rest), let id = string(&rest),
      skip(#","receivedOn":""#, &rest), let day = string(&rest).flatMap({ CalendarDate($0) }),
      skip(#","subject":""#, &rest), let subject = string(&rest), rest.elementsEqual("}".utf8)
    else { return nil }
    self.init(id: id, receivedOn: day, subject: subject)
  }
}

/// What is sealed of an act: in whose name, and why.
package struct ReasonOpening: Hashable, Sendable, Codable {
  package let by: String?
  package let reason: String?

  package init(by: String?, reason: String?) {
    self.by = by
    self.reason = reason
  }
}

/// What is sealed of a data set, whole: every record and the random bytes its leaf was salted with.
///
/// It lies in many parts, so that one person is found, and one record read, without the others.
package struct DatasetOpening: Hashable, Sendable {
  package let manifest: Manifest
  /// Sixteen bytes a record, as hexadecimal digits, in the order of the manifest's records.
  package let salts: [String]
  /// Salts the table of subject keys.
  package let subjectSalt: String

  package init(manifest: Manifest, salts: [String], subjectSalt: String) {
    self.manifest = manifest
    self.salts = salts
    self.subjectSalt = subjectSalt
  }
}

/// The part of a data set that names its others.
package struct DatasetHead: Hashable, Sendable, Codable {
  package let dataset: String
  package let inputShape: [Int]
  package let labelNames: [String]
  package let source: DataSource
  /// The commitments of the parts with its records, in their order.
  package let records: [Digest]
  /// The commitments of the parts with its subjects, by the leading bits of their salted codes; a
  /// power of two of them.
  package let subjects: [Digest]
  /// The salt of the subjects' codes, as hexadecimal digits.
  package let subjectSalt: String

  package init(
    of opening: DatasetOpening, records: [Digest], subjects: [Digest]
  ) {
    dataset = opening.manifest.dataset
    inputShape = opening.manifest.inputShape
    labelNames = opening.manifest.labelNames
    source = opening.manifest.source
    subjectSalt = opening.subjectSalt
    self.records = records
    self.subjects = subjects
  }

  /// The whole, with what its parts have.
  package func opening(with shelves: [RecordShelf]) -> DatasetOpening {
    let manifest = Manifest(
      dataset: dataset, source: source, inputShape: inputShape, labelNames: labelNames,
      records: shelves.flatMap(\.records))
    return DatasetOpening(
      manifest: manifest, salts: shelves.flatMap(\.salts), subjectSalt: subjectSalt)
  }
}

/// Some records of a data set, one after another.
package struct RecordShelf: Hashable, Sendable, Codable {
  package let records: [ManifestRecord]
  /// Sixteen bytes a record, as hexadecimal digits.
  package let salts: [String]

  package init(records: [ManifestRecord], salts: [String]) {
    self.records = records
    self.salts = salts
  }
}

/// Some subjects of a data set: which records each has.
package struct SubjectShelf: Hashable, Sendable, Codable {
  /// `<code> <training records> <test records>;` a subject, sorted by code.
  package let rows: String

  package init(rows: String) { self.rows = rows }
}

/// What is sealed of a step of training: which records of a data set it read.
package struct RecordsOpening: Hashable, Sendable, Codable {
  package let root: Digest
  /// Positions in the data set's manifest.
  package let records: RecordSelection

  package init(root: Digest, records: RecordSelection) {
    self.root = root
    self.records = records
  }
}

/// What is sealed of a certificate's papers: one file's text.
package struct PaperOpening: Hashable, Sendable, Codable {
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
