/// What a data set contained when it was added: every record, by digest.
package struct Manifest: Hashable, Sendable, Codable {
  /// The name the data set has in the registry.
  package let dataset: String
  /// Where the data lies and how it is read.
  package let source: DataSource
  /// The shape of one record, `[height, width, channels]`; a series has height 1.
  package let inputShape: [Int]
  /// The name of each class, by label.
  package let labelNames: [String]
  package let records: [ManifestRecord]

  package init(
    dataset: String, source: DataSource, inputShape: [Int], labelNames: [String],
    records: [ManifestRecord]
  ) {
    self.dataset = dataset
    self.source = source
    self.inputShape = inputShape
    self.labelNames = labelNames
    self.records = records
  }

  /// The positions of the records of a split.
  package func selection(of split: Split) -> RecordSelection {
    RecordSelection(records.indices.filter { records[$0].split == split })
  }
}

/// One training or test example of a data set.
package struct ManifestRecord: Hashable, Sendable, Codable {
  /// Stable within the data set, such as `train-0007`; never says who it is about.
  package let id: String
  /// SHA-256 of the record's content as it was read.
  package let content: Digest
  /// The class, an index into `Manifest.labelNames`.
  package let label: Int
  /// Whom it is about, such as `pid` → `1`.
  package let subjects: [String: String]
  package let split: Split

  package init(
    id: String, content: Digest, label: Int, subjects: [String: String], split: Split
  ) {
    self.id = id
    self.content = content
    self.label = label
    self.subjects = subjects
    self.split = split
  }
}

/// The part of a data set a record belongs to.
package enum Split: String, Hashable, Sendable, Codable, CaseIterable {
  case training = "train"
  case test
}

/// Where a data set lies and how it is read.
package struct DataSource: Hashable, Sendable, Codable {
  /// The reader, such as `japanese-vowels` (embedded) or `ts`.
  package let format: String
  /// The files it is read from, absolute paths; empty when it is embedded.
  package let files: [String]
  /// What the reader was told besides, such as `size` → `32x32`; nil when that is nothing.
  package let settings: [String: String]?

  package init(format: String, files: [String] = [], settings: [String: String] = [:]) {
    self.format = format
    self.files = files
    self.settings = settings.isEmpty ? nil : settings
  }
}
