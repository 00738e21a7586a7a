import Glibc
package import Records
import Signing

/// The personal parts of a registry: encrypted under a key a scope, mode 0600, each named by the
/// salted commitment with which its event is bound to it.
///
/// A scope is a case, a data set, or a kind of act; erasing its key erases all that was sealed in it,
/// in every copy that has no copy of the key.
package final class SealedParts {
  private let layout: RegistryLayout
  private let blobs: BlobStore
  private var keys: [String: SealingKey] = [:]
  private var opened: [Digest: Opened] = [:]

  private struct Opened: Sendable {
    let salt: [UInt8]
    let text: [UInt8]
  }

  static let keyName = "key"
  private static let saltSize = 32
  static let keySize = 32
  /// The longest text that is kept open.
  private static let keptSize = 1 << 16
  /// The longest part of a data set or of lineages, in bytes as it lies there.
  private static let sizeLimit = 1 << 28
  /// The longest part of a case or of an act: papers may have pictures, and a request a list of records.
  private static let paperLimit = 1 << 26
  /// Scopes that are no case's and no data set's.
  static let permanent: Set<String> = [
    SealedScope.lineage.folder, SealedScope.reasons.folder, SealedScope.requests.folder,
  ]

  /// Whether the log names parts that lie in a folder, so that a key of theirs must be there.
  var isNamed: (_ folder: String) -> Bool = { _ in false }

  init(layout: RegistryLayout, blobs: BlobStore) {
    self.layout = layout
    self.blobs = blobs
  }

  /// Seals a record and gives its commitment: HMAC-SHA256 of its canonical text under a random salt.
  package func seal(_ record: some Encodable, in scope: SealedScope) throws(RegistryError) -> Digest
  {
    let text = CanonicalText.encode(record)
    let salt = try Randomness.bytes(Self.saltSize)
    let commitment = HMACSHA256.code(key: salt, message: text)
    // First of all, as a writer's first file makes it look for what dead ones left, a key maybe.
    var staged = try blobs.stage()
    let key = try key(of: scope.folder, making: true)
    let box: [UInt8]
    do throws(SigningError) {
      box = try SealedBox.seal(salt + text, key: key, context: commitment.bytes)
    } catch {
      throw .signing(file: scope.folder, reason: "\(error)")
    }
    let limit = Self.limit(in: scope.folder)
    guard box.count <= limit else {
      throw .tooLong(scope.file(commitment), box.count, limit)
    }
    try staged.write(box)
    try staged.finish(mode: 0o600)
    _ = try blobs.staging.publish(
      staged, as: scope.file(commitment), own: true)
    keep(Opened(salt: salt, text: text), commitment)
    return commitment
  }

  /// Opens a part and holds it against its commitment.
  ///
  /// - Throws: `RegistryError.sealed` when it is gone or this process may not read it, `.corrupted`
  ///   when it is not what the commitment is of.
  package func open<Value: Decodable>(
    _ type: Value.Type, _ commitment: Digest, in scope: SealedScope
  ) throws(RegistryError) -> Value {
    try Self.decoded(type, try part(commitment, in: scope), scope.file(commitment))
  }

  /// Opens many parts of a scope, by several threads; what they hold is not kept.
  ///
  /// - Throws: What opening the first of them that cannot be opened throws.
  func openAll<Value: Decodable & Sendable>(
    _ type: Value.Type, _ commitments: [Digest], in scope: SealedScope, threads: Int
  ) throws(RegistryError) -> [Value] {
    guard !commitments.isEmpty else { return [] }
    let (key, layout) = (try key(of: scope.folder, making: false), layout)
    let opened = Workers.map(commitments, threads: threads, share: 1) { commitment in
      Result { () throws(RegistryError) in
        let part = try Self.opened(commitment, scope.file(commitment), with: key, in: layout)
        return try Self.decoded(type, part, scope.file(commitment))
      }
    }
    var values: [Value] = []
    for value in opened { values.append(try value.get()) }
    return values
  }

  private static func decoded<Value: Decodable>(
    _ type: Value.Type, _ part: Opened, _ file: String
  ) throws(RegistryError) -> Value {
    do throws(CanonicalTextError) {
      return try CanonicalText.decode(type, from: part.text, what: file)
    } catch {
      throw .corrupted(file: file, reason: error.reason)
    }
  }

  /// Opens what is sealed of a request.
  func openRequest(
    _ commitment: Digest, in scope: SealedScope
  ) throws(RegistryError) -> RequestOpening {
    let text = try part(commitment, in: scope).text
    if let opening = RequestOpening(plain: text) { return opening }
    return try open(RequestOpening.self, commitment, in: scope)
  }

  /// The salt of a part, a secret of its own to derive other commitments from.
  package func salt(of commitment: Digest, in scope: SealedScope) throws(RegistryError) -> [UInt8] {
    try part(commitment, in: scope).salt
  }

  /// Holds a file against a commitment, whatever was read of it before.
  func check(_ commitment: Digest, in file: String) throws(RegistryError) {
    opened[commitment] = nil
    defer { opened[commitment] = nil }
    keys[DurableFiles.parent(of: file)] = nil
    _ = try part(commitment, file, in: DurableFiles.parent(of: file))
  }

  private func part(
    _ commitment: Digest, in scope: SealedScope
  ) throws(RegistryError) -> Opened {
    try part(commitment, scope.file(commitment), in: scope.folder)
  }

  private func part(
    _ commitment: Digest, _ file: String, in folder: String
  ) throws(RegistryError) -> Opened {
    if let known = opened[commitment] { return known }
    let part = try Self.opened(
      commitment, file, with: try key(of: folder, making: false), in: layout)
    keep(part, commitment)
    return part
  }

  /// Keeps a small part open while a command runs; of a large one who asked has made something.
  private func keep(_ part: Opened, _ commitment: Digest) {
    if part.text.count <= Self.keptSize { opened[commitment] = part }
  }

  private static func opened(
    _ commitment: Digest, _ file: String, with key: SealingKey, in layout: RegistryLayout
  ) throws(RegistryError) -> Opened {
    // What is longer than any is nobody's, and is not read.
    let box = try read(
      layout.path(file), file, limit: Self.limit(in: DurableFiles.parent(of: file)))
    guard let plain = try? SealedBox.open(box, key: key, context: commitment.bytes),
      plain.count >= saltSize
    else {
      throw RegistryError.corrupted(file: file, reason: "it was not sealed here, or changed since")
    }
    let part = Opened(
      salt: Array(plain.prefix(saltSize)), text: Array(plain.dropFirst(saltSize)))
    guard HMACSHA256.code(key: part.salt, message: part.text) == commitment else {
      throw .corrupted(file: file, reason: "it is not what the log is committed to")
    }
    return part
  }

  private static func limit(in folder: String) -> Int {
    let isLarge =
      folder.hasPrefix("\(RegistryLayout.sealed)/dataset-") || folder == SealedScope.lineage.folder
    return isLarge ? sizeLimit : paperLimit
  }

  /// Opens what is sealed of requests ahead, by several threads; those that cannot be opened are left to who asks for them.
  func prepare(_ parts: [(commitment: Digest, scope: SealedScope)], threads: Int) {
    let missing = parts.filter { opened[$0.commitment] == nil }
    let layout = layout
    let found = Workers.map(missing.map { ($0.commitment, $0.scope) }, threads: threads) {
      (commitment, scope) -> Opened? in
      guard let key = try? Self.key(in: scope.folder, of: layout) else { return nil }
      return try? Self.opened(commitment, scope.file(commitment), with: key, in: layout)
    }
    for (part, found) in zip(missing, found) { opened[part.commitment] = found }
  }

  private static func key(
    in folder: String, of layout: RegistryLayout
  ) throws(RegistryError) -> SealingKey {
    let file = "\(folder)/\(keyName)"
    guard let key = SealingKey(bytes: try read(layout.path(file), file, limit: 1 << 10)) else {
      throw .corrupted(file: file, reason: "it is no key")
    }
    return key
  }

  private func key(of folder: String, making: Bool) throws(RegistryError) -> SealingKey {
    if let known = keys[folder] { return known }
    if making { try replaceKey(of: folder, "\(folder)/\(Self.keyName)") }
    let key = try Self.key(in: folder, of: layout)
    keys[folder] = key
    return key
  }

  /// Makes a key where there is none, or something that is none, and nothing needs the one there was.
  private func replaceKey(of folder: String, _ file: String) throws(RegistryError) {
    // What looks requests up is made again under another key.
    let isNeeded = folder != SealedScope.requests.folder && isNamed(folder)
    if try FileStatus(of: layout.path(file)) != nil {
      do throws(RegistryError) {
        _ = try Self.key(in: folder, of: layout)
        return
      } catch {
        guard case .corrupted = error, !isNeeded else { return }
        try DurableFiles.removeWhole(file, in: layout)
      }
    } else if try mayBeMissed(folder) {
      throw .sealed(file: file, reason: .keyMissing)
    }
    try makeKey(in: folder, file)
  }

  /// Whether anything may have been sealed under a key that is away.
  private func mayBeMissed(_ folder: String) throws(RegistryError) -> Bool {
    if folder == SealedScope.requests.folder { return false }
    return isNamed(folder) ? true : try hasParts(folder)
  }

  private func hasParts(_ folder: String) throws(RegistryError) -> Bool {
    guard try FileStatus(of: layout.path(folder))?.isFolder == true else { return false }
    return try !DurableFiles.names(in: layout.path(folder)).isEmpty
  }

  private func makeKey(in folder: String, _ file: String) throws(RegistryError) {
    for name in [RegistryLayout.sealed, folder] {
      try DurableFiles.makeFolder(name, in: layout, mode: 0o700)
    }
    var staged = try blobs.stage()
    try staged.write(try Randomness.bytes(Self.keySize))
    try staged.finish(mode: 0o600)
    // Another writer's key, if there is one by now, is as good.
    // That of a scope that every registry has belongs there, whether anything is sealed or not.
    if Self.permanent.contains(folder) {
      _ = try DurableFiles.publish(staged, as: file, in: layout)
    } else {
      _ = try blobs.staging.publish(staged, as: file)
    }
  }

  private static func read(
    _ path: String, _ file: String, limit: Int
  ) throws(RegistryError) -> [UInt8] {
    if let bytes = DurableFiles.readPlain(path, limit: limit) { return bytes }
    // Why it cannot be read.
    let status: FileStatus?
    do throws(RegistryError) {
      status = try FileStatus(of: path)
    } catch {
      throw .sealed(file: file, reason: .forbidden)
    }
    guard let status else { throw .sealed(file: file, reason: .missing) }
    guard status.isPlainFile else { throw .corrupted(file: file, reason: "it is no plain file") }
    guard DurableFiles.isReadableFile(path) else {
      throw .sealed(file: file, reason: .forbidden)
    }
    guard status.size <= limit else {
      throw .corrupted(
        file: file, reason: "it has \(status.size) bytes, and none has more than \(limit)")
    }
    return try DurableFiles.read(path, limit: limit)
  }
}

/// What personal parts are sealed together under one key.
package enum SealedScope: Hashable, Sendable {
  /// Id, selector, decisions of a case.
  case request(CaseNumber)
  /// The manifest of a data set, by name.
  case dataset(String)
  /// Which records steps of training read.
  case lineage
  /// Reasons of moves, corrections and acknowledgements.
  case reasons
  /// What requests are looked up by.
  case requests

  /// Relative to the registry's directory.
  var folder: String {
    let name =
      switch self {
      case .request(let number): "case-\(number)"
      case .dataset(let name): "dataset-\(name)"
      case .lineage: "lineage"
      case .reasons: "reasons"
      case .requests: "requests"
      }
    return "\(RegistryLayout.sealed)/\(name)"
  }

  package func file(_ commitment: Digest) -> String { "\(folder)/\(commitment.hex)" }
}
