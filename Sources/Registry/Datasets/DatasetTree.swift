package import Records
import Signing

/// The Merkle tree that a data set is named by: what it is, its records, its subject keys.
///
/// Every record's leaf is salted with random bytes of its own, and the leaves lie in the order of
/// their hashes, which is a shuffled one; so a leaf says nothing of its record, nor does its place.
/// The table of subject keys is sorted by salted code: that a key is there is shown by one path, that
/// it is not by its two neighbours.
package struct DatasetTree {
  private let head: Digest
  /// The leaf of each record, sorted.
  private let records: [Digest]
  private let rows: [SubjectRow]
  private let subjectSalt: [UInt8]
  /// Which records are about whom.
  let subjects: SubjectTable

  /// A row of the table: the code of `key=value`, and a commitment to the records it has.
  private struct SubjectRow {
    let code: Digest
    let records: Digest

    var leaf: Digest { MerkleTree.leafHash(code.bytes + records.bytes) }
  }

  /// What the head's leaf is of.
  private struct Head: Encodable {
    let dataset: String
    let inputShape: [Int]
    let labelNames: [String]
    let recordCount: Int
  }

  /// - Returns: nil when the salts are not one a record.
  package init?(_ opening: DatasetOpening) {
    let manifest = opening.manifest
    let salts = opening.salts.compactMap(Hexadecimal.decode)
    guard salts.count == manifest.records.count, salts.allSatisfy({ $0.count == 16 }),
      let subjectSalt = Hexadecimal.decode(opening.subjectSalt)
    else { return nil }
    self.subjectSalt = subjectSalt
    head = MerkleTree.leafHash(
      CanonicalText.encode(
        Head(
          dataset: manifest.dataset, inputShape: manifest.inputShape,
          labelNames: manifest.labelNames, recordCount: manifest.records.count)))
    records = zip(salts, manifest.records).map { salt, record in
      MerkleTree.leafHash(salt + CanonicalText.encode(record))
    }.sorted()
    let table = SubjectTable(of: manifest, salt: subjectSalt)
    subjects = table
    rows = table.rows.map { row in
      SubjectRow(
        code: row.code,
        records: HMACSHA256.code(
          key: subjectSalt, message: row.code.bytes + Array(row.records.text.utf8)))
    }
  }

  /// New salts for a manifest.
  package static func opening(of manifest: Manifest) throws(RegistryError) -> DatasetOpening {
    let bytes = try Randomness.bytes(16 * manifest.records.count)
    return DatasetOpening(
      manifest: manifest,
      salts: manifest.records.indices.map { Hexadecimal.encode(bytes[16 * $0..<16 * $0 + 16]) },
      subjectSalt: Hexadecimal.encode(try Randomness.bytes(32)))
  }

  /// The name of the data set: the root over all three.
  package var root: Digest {
    MerkleTree.nodeHash(MerkleTree.nodeHash(head, MerkleTree.root(of: records)), subjectRoot)
  }

  private var subjectRoot: Digest { MerkleTree.root(of: rows.map(\.leaf)) }

  /// What shows that a subject such as `pid=1` is in the data set, or is not.
  package func proof(of subject: String) throws(RegistryError) -> SubjectProof {
    let code = SubjectTable.code(of: subject, subjectSalt)
    let place = rows.firstIndex { !($0.code < code) } ?? rows.count
    let isPresent = place < rows.count && rows[place].code == code
    let places = isPresent ? [place] : [place - 1, place].filter(rows.indices.contains)
    let leaves = rows.map(\.leaf)
    var shown: [SubjectProof.Row] = []
    for row in places {
      let path: [Digest]
      do throws(SigningError) {
        path = try MerkleTree.inclusionProof(of: row, in: leaves)
      } catch {
        preconditionFailure("a row of the table is in it: \(error)")
      }
      shown.append(
        SubjectProof.Row(
          index: row, code: rows[row].code, records: rows[row].records, path: path))
    }
    return SubjectProof(
      code: code, isPresent: isPresent, rowCount: rows.count, rows: shown,
      beside: MerkleTree.nodeHash(head, MerkleTree.root(of: records)))
  }
}

/// The rows of a table of subject keys that show a key to be there, or not to be.
package struct SubjectProof: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package let index: Int
    package let code: Digest
    package let records: Digest
    package let path: [Digest]
  }

  /// The salted code of the subject.
  package let code: Digest
  package let isPresent: Bool
  package let rowCount: Int
  /// The row, or the two that it would lie between.
  package let rows: [Row]
  /// The other half of the data set's tree.
  package let beside: Digest

  /// Whether the rows show it, under a data set's root.
  package func holds(under root: Digest) -> Bool {
    if rowCount == 0 {
      return !isPresent && MerkleTree.nodeHash(beside, MerkleTree.emptyRoot) == root
    }
    guard rows.allSatisfy({ isIncluded($0, under: root) }) else { return false }
    if isPresent { return rows.count == 1 && rows[0].code == code }
    switch rows.count {
    case 1:
      // The only row is the first and the last.
      return rows[0].index == 0 && code < rows[0].code
        || rows[0].index == rowCount - 1 && rows[0].code < code
    case 2:
      return rows[1].index == rows[0].index + 1 && rows[0].code < code && code < rows[1].code
    default: return false
    }
  }

  private func isIncluded(_ row: Row, under root: Digest) -> Bool {
    let leaf = MerkleTree.leafHash(row.code.bytes + row.records.bytes)
    guard
      let subjects = try? MerkleTree.root(
        from: leaf, at: row.index, size: rowCount, proof: row.path)
    else { return false }
    return MerkleTree.nodeHash(beside, subjects) == root
  }
}
