package import Records

/// What stands for a forget set under a salted digest.
package enum ForgetSet {
  private struct Entry: Encodable {
    let dataset: String
    let id: String
    let content: Digest
  }

  /// The canonical text of the records' data sets, ids and digests, sorted by data set and id.
  ///
  /// - Throws: `DatasetError.noSuchPosition` for a selection that is not the manifest's.
  package static func canonicalBytes(
    of parts: [(manifest: Manifest, records: RecordSelection)]
  ) throws(DatasetError) -> [UInt8] {
    var entries: [Entry] = []
    for (manifest, selection) in parts {
      try manifest.require(selection)
      for position in selection.indices {
        let record = manifest.records[position]
        entries.append(
          Entry(dataset: manifest.dataset, id: record.id, content: record.content))
      }
    }
    entries.sort {
      $0.dataset == $1.dataset
        ? ByteOrder.precedes($0.id, $1.id) : ByteOrder.precedes($0.dataset, $1.dataset)
    }
    return CanonicalText.encode(entries)
  }
}
