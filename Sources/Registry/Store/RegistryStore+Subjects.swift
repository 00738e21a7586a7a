package import Records

extension RegistryStore {
  /// The records of a split about anybody that a selector means by subject keys alone; those of nobody
  /// where nobody is known by them.
  ///
  /// Opens no manifest: one shelf of the sealed table a subject.
  ///
  /// - Returns: nil for a selector that means records by what only the manifest says of them.
  package func records(
    about group: Selector, in split: Split, of root: Digest
  ) throws(RegistryError) -> RecordSelection? {
    guard let dataset = state.dataset(root),
      group.alternatives.allSatisfy({ $0.allSatisfy(\.isOfSubjects) })
    else { return nil }
    var records = RecordSelection([])
    for alternative in group.alternatives {
      var common: RecordSelection?
      for term in alternative {
        var parts: [RecordSelection] = []
        for value in term.values {
          parts.append(try self.records(of: "\(term.key)=\(value)", in: split, dataset))
        }
        let found = RecordSelection(union: parts)
        common = common.map { $0.intersection(found) } ?? found
      }
      records = records.union(common ?? RecordSelection([]))
    }
    return records
  }

  private func records(
    of subject: String, in split: Split, _ dataset: DatasetState
  ) throws(RegistryError) -> RecordSelection {
    let head = try head(of: dataset)
    guard let salt = Hexadecimal.decode(head.subjectSalt) else {
      throw .corrupted(
        file: SealedScope.dataset(dataset.name).file(dataset.opening), reason: "it has no salt")
    }
    let code = SubjectTable.code(of: subject, salt)
    let place = SubjectTable.shelf(of: code, among: head.subjects.count)
    let row = try shelf(head.subjects[place], of: dataset).row(of: code)
    return (split == .training ? row?.training : row?.test) ?? RecordSelection([])
  }

  func shelf(_ commitment: Digest, of dataset: DatasetState) throws(RegistryError) -> SubjectTable {
    if let known = shelves[commitment] { return known }
    let scope = SealedScope.dataset(dataset.name)
    let opened = try sealed.open(SubjectShelf.self, commitment, in: scope)
    guard let shelf = SubjectTable(text: opened.rows),
      shelf.rows.allSatisfy({ $0.records.upperBound <= dataset.recordCount })
    else {
      throw .corrupted(file: scope.file(commitment), reason: "it is no table of subjects")
    }
    shelves[commitment] = shelf
    return shelf
  }
}

extension Selector.Term {
  /// Whether it means records by whom they are about, and not by their class or id.
  fileprivate var isOfSubjects: Bool { key != "class" && key != "record" }
}
