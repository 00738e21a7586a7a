import Glibc
import Records
import Signing
import TransparencyLog

/// What a repair did, and what it could not.
package struct Repair: Sendable {
  /// What was removed or made anew, a line each.
  package internal(set) var done: [String] = []
  /// What stays as it was, and why.
  package internal(set) var failures: [RegistryError] = []
}

extension RegistryStore {
  /// Removes what is not under the checkpoint or not as it follows from the log, and puts in place what
  /// does; `follow` makes the rest.
  ///
  /// It signs nothing. What the log names and is missing it cannot bring back. Of a log that was put
  /// back or replaced nothing is removed: what it does not name may be what was certified since. What
  /// cannot be mended stops nothing else.
  ///
  /// - Throws: `RegistryError.neverAlone` when others were at work for all of its patience; `.forked` or
  ///   `.replaced`; `.system` where nothing can be written.
  package func repair() throws(RegistryError) -> Repair {
    try checkMemory()
    try checkWritable()
    var mending = Mending(store: self)
    mending.makeFolders(upTo: RegistryLayout.staging)
    guard try FileStatus(of: layout.path(RegistryLayout.staging))?.isFolder == true else {
      throw mending.repair.failures.first ?? .noFolder(RegistryLayout.staging)
    }
    let sole = try SoleWriter(in: self)
    try refresh()
    try checkMemory()
    mending.removeAll()
    // From here on it writes, as a writer beside whom nobody is alone.
    guard sole.letOthersIn() else { throw .busy(layout.directory) }
    mending.replaceAll()
    extendLifetime(sole)
    return mending.repair
  }

  /// Says at once, and once, that a file system which is read only takes no repair.
  private func checkWritable() throws(RegistryError) {
    guard unsafe access(layout.directory, W_OK) == 0 || errno != EROFS else {
      throw .lastSystemError("write in", layout.directory)
    }
  }
}

/// A repair on its way: each step goes on behind what it cannot mend.
struct Mending {
  let store: RegistryStore
  var repair = Repair()
  /// What the events say of kept states; nil before the log was read from its first event on.
  var events: KeptEvents?
  /// Attestations that have the bytes of blobs which are lost.
  var attested: [Digest: String] = [:]

  init(store: RegistryStore) { self.store = store }

  var layout: RegistryLayout { store.layout }

  mutating func removeAll() {
    mendModes()
    makeFolders()
    attempt { try $0.cutTail() }
    attempt { $0.events = try KeptEvents(of: $0.store) }
    clearFolders()
    attempt { try $0.removeFalseStates() }
    attempt { try $0.removeFalseTiles() }
    attempt { try $0.removeFalseSealedParts() }
    attempt { try $0.removeFalseTags() }
    attempt { try $0.removeFalseLedger() }
  }

  mutating func replaceAll() {
    copyBlobs()
    attempt { try $0.replaceFixedFiles() }
    attempt { try $0.rightenHints() }
  }

  /// Does a step; whatever stops it is noted, once.
  mutating func attempt(_ step: (inout Mending) throws -> Void) {
    do {
      try step(&self)
    } catch {
      fail(error as? RegistryError ?? EventLog.flaw("\(error)"))
    }
  }

  mutating func fail(_ error: RegistryError) {
    if !repair.failures.contains(error) { repair.failures.append(error) }
  }

  /// Removes what has a name, with all that lies in it.
  mutating func remove(_ name: String, _ why: String) {
    attempt {
      try DurableFiles.removeWhole(name, in: $0.layout)
      $0.repair.done.append("removed \(name), which \(why)")
    }
  }

  /// What is to be done with something in a folder.
  enum Belonging {
    case stays
    /// It is a folder that stays; what lies in it is asked about.
    case isEntered
    case goes
  }

  /// Removes from a folder what does not belong there; what has no text for a name never does.
  ///
  /// `belonging` is asked about each by its name relative to the registry.
  mutating func clear(
    _ folder: String, of why: String,
    _ belonging: (_ name: String, _ own: String, FileStatus) throws -> Belonging
  ) {
    attempt { mending in
      let open = try Folder(folder, in: mending.layout)
      for entry in try open.entries() {
        let name = "\(folder)/\(entry.shown)"
        do {
          guard let status = try open.status(of: entry) else { continue }
          switch try entry.text.map({ try belonging(name, $0, status) }) ?? .goes {
          case .stays: break
          case .isEntered: mending.clear(name, of: why, belonging)
          case .goes:
            try open.removeAll(entry)
            mending.repair.done.append("removed \(name), which \(why)")
          }
        } catch {
          mending.fail(error as? RegistryError ?? EventLog.flaw("\(error)"))
        }
      }
    }
  }

  /// Cuts what lies behind the last checkpoint.
  private mutating func cutTail() throws(RegistryError) {
    let reader = try EventLog(layout: layout).open()
    let extra = reader.byteCount - store.log.end
    guard extra > 0 else { return }
    let folder = try Folder(above: RegistryLayout.tail, in: layout)
    let tail = try FileDescriptor(
      opening: Folder.split(RegistryLayout.tail).own, DurableFiles.writing,
      under: folder.number, as: layout.path(RegistryLayout.tail), to: "cut")
    try tail.truncate(to: store.log.end)
    try tail.sync()
    repair.done.append("cut \(extra) bytes behind the last checkpoint from \(RegistryLayout.tail)")
  }
}
