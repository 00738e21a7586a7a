import NeuralNetworks
import Records
import Registry

/// Kept features of some records of one data set: a safetensors file with one table `features`,
/// `[records, d]` in ascending order of position, which says in its metadata whose they are.
struct FeatureSegment: Sendable {
  static let tensorName = "features"
  /// The most records of one file, so that writing one takes little memory.
  static let recordLimit = 8_192

  private let file: DerivedFile
  /// The row of each position.
  private let rows: [Int: Int]
  private let start: Int
  private let rowLength: Int

  /// - Throws: `RegistryError` for a file that is not as it was written.
  init(_ file: DerivedFile, featureCount: Int) throws {
    self.file = file
    rows = Dictionary(
      uniqueKeysWithValues: file.entry.records.indices.enumerated().map { ($1, $0) })
    start = try Self.start(of: file)
    rowLength = featureCount * MemoryLayout<Float>.stride
    guard file.size == start + rows.count * rowLength else { throw Self.wrong(file) }
  }

  /// Where the table begins: behind the header and the eight bytes of its length.
  private static func start(of file: DerivedFile) throws -> Int {
    let length = try file.read(8, at: 0).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    return 8 + Int(clamping: min(length, 1 << 40))
  }

  func row(of position: Int) -> Int? { rows[position] }

  /// The features of rows that lie one below the other.
  func features(ofRows range: Range<Int>) throws -> [Float] {
    let bytes = try file.read(range.count * rowLength, at: start + range.lowerBound * rowLength)
    let count = bytes.count / MemoryLayout<Float>.stride
    return unsafe [Float](unsafeUninitializedCapacity: count) { floats, initialised in
      // The file's numbers are little-endian, as are those of every machine this runs on.
      unsafe UnsafeMutableRawBufferPointer(floats).copyBytes(from: bytes)
      initialised = count
    }
  }

  /// The file of features `[records, d]`.
  static func draft(
    _ features: Tensor, of records: RecordSelection, root: Digest, key: Digest,
    _ environment: NumericEnvironment
  ) -> DerivedDraft {
    let bytes = Safetensors.write(
      [(tensorName, features)],
      metadata: [
        "key": key.description, "root": root.description, "records": records.text,
      ])
    return DerivedDraft(
      key: key, root: root, records: records, environment: environment, bytes: bytes)
  }

  /// The same without some records; nil when nothing is left.
  static func draft(_ file: DerivedFile, without erased: RecordSelection) throws -> DerivedDraft? {
    let entry = file.entry
    let left = entry.records.subtracting(erased)
    guard !left.isEmpty else { return nil }
    let table = try Safetensors.read(try file.read(file.size, at: 0))
    guard let features = try table.tensors()[tensorName],
      features.shape.first == entry.records.count
    else { throw wrong(file) }
    let gone = Set(erased.indices)
    let rows = entry.records.indices.enumerated().filter { !gone.contains($1) }.map(\.offset)
    return draft(
      features.selectingRows(rows), of: left, root: entry.root, key: entry.key,
      entry.environment)
  }

  private static func wrong(_ file: DerivedFile) -> Failure {
    Failure(
      "the features kept as \(file.entry.digest.short) are not those of "
        + "\(file.entry.records.count) records", kind: .unverified)
  }
}
