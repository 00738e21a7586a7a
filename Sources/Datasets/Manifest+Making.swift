import Records

extension Manifest {
  /// Names and digests the examples of a reading: `train-0001`, `train-0002`, …, `test-0001`, ….
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
    for example in reading.examples {
      let number = counts[example.split, default: 0] + 1
      counts[example.split] = number
      let id = Self.recordID(split: example.split, number: number)
      let further = unused.removeValue(forKey: id) ?? [:]
      records.append(
        ManifestRecord(
          id: id, content: hash(example.canonicalBytes), label: example.label,
          subjects: example.subjects.merging(further) { _, listed in listed },
          split: example.split))
    }
    if let stranger = unused.keys.min() {
      throw .unknownValue(stranger, of: "record", among: records.map(\.id))
    }
    self.init(
      dataset: name, source: source, inputShape: reading.inputShape,
      labelNames: reading.labelNames, records: records)
    try requireUsableSubjectKeys()
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
