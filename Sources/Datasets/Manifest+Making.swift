import Records

extension Manifest {
  /// Names and digests the records of a reading, one after another: `train-0001`, `train-0002`, …, `test-0001`, ….
  ///
  /// An id is the split and the place in it, so it is stable and says nothing of the person.
  ///
  /// - Throws: `DatasetError` when a subject key cannot be used or `subjects` names no record.
  init(
    named name: String, source: DataSource, reading: Reading,
    subjects: [String: [String: String]], hash: ([UInt8]) -> Digest
  ) throws(DatasetError) {
    var counts: [Split: Int] = [:]
    var records: [ManifestRecord] = []
    var unused = subjects
    for (position, head) in reading.heads.enumerated() {
      let number = counts[head.split, default: 0] + 1
      counts[head.split] = number
      let id = Self.recordID(split: head.split, number: number)
      let content = hash(try reading.store.canonicalBytes(at: position, label: head.label))
      records.append(
        ManifestRecord(
          id: id, content: content, label: head.label,
          subjects: try Self.subjects(of: head, id: id, from: &unused), split: head.split))
    }
    if let stranger = unused.keys.min() {
      throw .unknownValue(stranger, of: "record", among: records.map(\.id))
    }
    self.init(
      dataset: name, source: source, inputShape: reading.inputShape,
      labelNames: reading.labelNames, records: records)
    try requireUsableSubjectKeys()
  }

  /// Whom the record is about: as the data says, as listed under its id, or under its own name.
  private static func subjects(
    of head: RecordHead, id: String, from listed: inout [String: [String: String]]
  ) throws(DatasetError) -> [String: String] {
    let byID = listed.removeValue(forKey: id)
    let byName = head.name.flatMap { listed.removeValue(forKey: $0) }
    guard byID == nil || byName == nil else {
      throw .unusableSource(
        format: "subjects", reason: "record '\(id)' is listed by its id and by its name")
    }
    return head.subjects.merging(byID ?? byName ?? [:]) { _, listed in listed }
  }

  private static func recordID(split: Split, number: Int) -> String {
    let digits = String(number)
    return "\(split.rawValue)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func requireUsableSubjectKeys() throws(DatasetError) {
    for key in subjectKeys where !SubjectList.isUsable(key: key) {
      throw .unusableSource(
        format: source.format,
        reason: "'\(Quoted.text(key))' is no subject key: use letters, digits, '-' and '_', "
          + "not 'class' or 'record'")
    }
  }

  /// Makes sure that data read again holds the same records.
  func requireSameContent(as found: Manifest) throws(DatasetError) {
    for (record, now) in zip(records, found.records) {
      if let difference = record.difference(from: now) {
        throw .changed(dataset: dataset, record: record.id, reason: difference)
      }
    }
    if records.count > found.records.count {
      throw .changed(
        dataset: dataset, record: records[found.records.count].id, reason: "is missing")
    }
    if found.records.count > records.count {
      throw .changed(
        dataset: dataset, record: found.records[records.count].id, reason: "is new")
    }
    guard inputShape == found.inputShape, labelNames == found.labelNames else {
      throw .changed(
        dataset: dataset, record: records.first?.id ?? "",
        reason: "has another shape or other class names")
    }
  }
}

extension ManifestRecord {
  fileprivate func difference(from now: ManifestRecord) -> String? {
    if id != now.id || split != now.split { return "is missing" }
    if label != now.label { return "has another class" }
    return content == now.content ? nil : "has other content"
  }
}
