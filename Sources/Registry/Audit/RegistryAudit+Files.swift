import Records
import Signing

extension RegistryAudit {
  /// Every blob against its name, and that those and only those are there that the log names.
  mutating func checkBlobs() throws {
    let names = try names(in: RegistryLayout.blobs)
    expect(files: names.count)
    var missing = store.namedBlobs
    let sizes = store.recordedSizes
    for name in names {
      let file = "\(RegistryLayout.blobs)/\(name)"
      try advance(file)
      guard let named = Digest(hex: name) else {
        find(file, "is not named by a digest")
        continue
      }
      guard missing.removeValue(forKey: named) != nil else {
        // What it holds is nobody's business, however much it is.
        findUnnamed(file)
        continue
      }
      if let size = sizes[named], let status = try plainFile(file), status.size != size {
        find(file, "does not verify: it has \(status.size) bytes, not \(size)")
        continue
      }
      let limit = sizes[named] ?? BlobStore.documentLimit
      guard let digest = try digest(of: file, limit: limit) else { continue }
      if digest != named {
        find(file, "does not verify: its bytes are those of \(digest)")
      } else {
        verified(named)
      }
    }
    for (digest, what) in missing.sorted(by: { $0.key < $1.key }) {
      find(RegistryLayout.blob(digest), "is missing: it is \(what)")
    }
  }

  /// The names in a folder; none where it is missing, which is found already.
  private func names(in folder: String) throws(RegistryError) -> [String] {
    let path = store.layout.path(folder)
    return try FileStatus(of: path)?.isFolder == true ? DurableFiles.names(in: path) : []
  }

  /// Attestations against the blobs whose bytes they have, and that no others lie among them.
  mutating func checkAttestations() throws {
    let attestations = store.attestations
    expect(files: attestations.count)
    for attestation in attestations {
      try advance(attestation.file)
      guard try FileStatus(of: store.layout.path(attestation.file)) != nil else {
        if isInterrupted || attestation.version >= store.state.versions.count - 1 {
          note(attestation.file, "is not written yet; the next writer makes it")
        } else {
          find(attestation.file, "is missing; 'imu-registry fsck --repair' makes it from the log")
        }
        continue
      }
      guard let digest = try digest(of: attestation.file) else { continue }
      if digest != attestation.blob {
        find(attestation.file, "does not verify: its bytes are not those that the log names")
      }
    }
    try checkStrangers(Set(attestations.map(\.file)))
  }

  private mutating func checkStrangers(_ known: Set<String>) throws {
    let root = RegistryLayout.attestations
    let folders = Set(store.state.versions.map(\.digest.hex))
    for folder in try names(in: root) {
      let path = "\(root)/\(folder)"
      guard try FileStatus(of: store.layout.path(path))?.isFolder == true, folders.contains(folder)
      else {
        find(path, "does not belong in a registry")
        continue
      }
      for name in try DurableFiles.names(in: store.layout.path(path))
      where !known.contains("\(path)/\(name)") {
        find("\(path)/\(name)", "is named by no event of the log")
      }
    }
  }

  /// The image layout's index against the log.
  mutating func checkIndex() throws {
    let file = RegistryLayout.index
    guard try FileStatus(of: store.layout.path(file)) != nil else {
      note(file, "is not written yet; the next writer makes it")
      return
    }
    guard let status = try plainFile(file) else { return }
    let wanted = Consequences.index(of: store.state)
    guard status.size <= wanted.count else {
      find(file, "does not list what the log has")
      return
    }
    let present = try DurableFiles.read(store.layout.path(file), limit: wanted.count)
    if present == wanted { return }
    let isBehind = (0..<store.state.versions.count).reversed().contains {
      Consequences.index(of: store.state, first: $0) == present
    }
    if isBehind {
      note(file, "lacks the newest versions; the next writer makes it anew")
    } else {
      find(file, "does not list what the log has")
    }
  }

  /// Public keys against those that the log trusts, private ones as far as they can be read.
  mutating func checkKeys() throws {
    for (role, key) in store.state.keys.sorted(by: { $0.key < $1.key }) {
      try attempt(RegistryLayout.publicKey(role)) { try $0.checkPublicKey(key, of: role) }
      try checkPrivateKey(of: role)
    }
  }

  private mutating func checkPublicKey(_ key: PublicKey, of role: SigningRole) throws {
    let file = RegistryLayout.publicKey(role)
    let pem = Array(key.pem.utf8)
    guard let status = try plainFile(file) else { return }
    if try status.size != pem.count
      || DurableFiles.read(store.layout.path(file), limit: pem.count) != pem
    {
      find(file, "is not the key that the log trusts as \(role.rawValue)")
    }
  }

  private mutating func checkPrivateKey(of role: SigningRole) throws(RegistryError) {
    let file = RegistryLayout.privateKey(role)
    let path = store.layout.path(file)
    // A registry that is handed over has none.
    guard try FileStatus(of: path) != nil, DurableFiles.isReadableFile(path) else { return }
    do throws(RegistryError) {
      _ = try Keyring(layout: store.layout).key(of: role, trusting: store.state.keys)
    } catch .foreignKey {
      find(file, "is not the key that the log trusts as \(role.rawValue)")
    } catch .keyExposed(_, let mode) {
      find(file, "can be read by others (mode \(mode))")
    } catch {
      find(file, "cannot be read: \(error)")
    }
  }
}
