import Glibc
import Records
import Signing

/// A folder of one writer's own below `work/staging`, mode 0700.
///
/// Files come to be in it and get their names elsewhere by a link, which never replaces. Every living
/// writer shares a lock on `work/staging`; who gets it alone knows that all folders there are dead
/// writers'.
final class StagingArea {
  private let layout: RegistryLayout
  private let name: String
  let folder: Folder
  /// Whether the folder's own name is on the disk.
  private var isDurable = false
  private let presence: FolderHold
  private var count = 0
  /// Whether something was published that no event names yet.
  ///
  /// The folder then stays when the writer goes, and tells the next one to look.
  private(set) var isOwing = false
  /// Whether some of it never will be named.
  private var isStray = false
  /// Files that were published under names nobody else can know: they go with a writer who gives up.
  private var own: [String] = []

  init(in layout: RegistryLayout) throws(RegistryError) {
    try DurableFiles.makeFolder(RegistryLayout.work, in: layout, mode: 0o700)
    try DurableFiles.makeFolder(RegistryLayout.staging, in: layout, mode: 0o700)
    guard
      let presence = try FolderHold(
        taking: RegistryLayout.staging, in: layout, shared: true, waiting: true)
    else { throw .busy(layout.directory) }
    let own = Hexadecimal.encode(try Randomness.bytes(8))
    let name = "\(RegistryLayout.staging)/\(own)"
    guard try presence.folder.make(own, mode: 0o700) else {
      throw .system("make folder", layout.path(name), EEXIST)
    }
    folder = try Folder(name, in: layout)
    self.layout = layout
    self.name = own
    self.presence = presence
  }

  deinit {
    for file in own { try? DurableFiles.remove(file, in: layout) }
    if !isOwing { try? presence.folder.removeFolder(name) }
  }

  /// From here on nobody can tell whether the log names what was published: it stays.
  func commit() {
    if !own.isEmpty { isOwing = true }
    own = []
  }

  /// The log names what was published.
  func settle() { isOwing = isStray }

  /// What was published so far will not be named; that something after it is changes nothing of it.
  func abandon() { isStray = isStray || isOwing || !own.isEmpty }

  /// Takes the lock alone, where no other writer shares it; without it afterwards where one does.
  func takeAlone() -> Bool { presence.takeAlone() }

  /// Removes every writer's folder, this one's too, while the lock is held alone.
  func clear() throws(RegistryError) {
    for name in try presence.folder.entries() { try presence.folder.removeAll(name) }
    (isOwing, isStray) = (false, false)
  }

  /// Gives a finished file of this folder its name, unless the name is taken.
  ///
  /// A name that is this writer's own, drawn at random, goes again when nothing comes of it; another
  /// may be what a second writer counts on by now.
  func publish(
    _ staged: borrowing StagedFile, as target: String, own isOwn: Bool = false
  ) throws(RegistryError) -> Bool {
    // What is published must not outlive the folder that tells of it.
    if !isDurable { try presence.folder.sync() }
    isDurable = true
    if isOwn {
      own.append(target)
      return try DurableFiles.publish(staged, as: target, in: layout)
    }
    let wasOwing = isOwing
    isOwing = true
    let isNew = try DurableFiles.publish(staged, as: target, in: layout)
    if !isNew { isOwing = wasOwing }
    return isNew
  }

  /// Moves what lies in the place of a file away from there, and removes it.
  ///
  /// What cannot be removed stays with what dead writers left, for the next one.
  func putAside(_ name: String, of other: borrowing Folder) throws(RegistryError) {
    let aside = newName()
    // A folder is moved by who may write in it.
    other.letOwnerIn(EntryName(name))
    try folder.move(name, from: other, as: aside)
    try? folder.removeAll(EntryName(aside))
  }

  /// Opens a temporary file.
  func open() throws(RegistryError) -> StagedFile { try StagedFile(newName(), in: self) }

  /// The whole path of a file in the folder, without any link in it.
  func realPath(_ file: String) -> String {
    "\(layout.realDirectory)/\(RegistryLayout.staging)/\(name)/\(file)"
  }

  /// A name in the folder that nothing else gets.
  func newName() -> String {
    count += 1
    return "\(count)"
  }
}

/// A lock on a folder of a registry: held until it is let go of, or its process dies.
final class FolderHold: Sendable {
  let folder: Folder

  /// Takes the lock, alone or shared; nil when there is no such folder, or others hold it and this one
  /// does not wait.
  init?(
    taking name: String, in layout: RegistryLayout, shared isShared: Bool = false,
    waiting isWaiting: Bool = false
  ) throws(RegistryError) {
    guard try FileStatus(of: layout.path(name)) != nil else { return nil }
    folder = try Folder(name, in: layout)
    let kind = (isShared ? LOCK_SH : LOCK_EX) | (isWaiting ? 0 : LOCK_NB)
    guard Self.lock(folder.number, kind) else { return nil }
  }

  /// Takes a lock alone that was shared; false, and nothing is held any more, when others share it.
  func takeAlone() -> Bool { Self.lock(folder.number, LOCK_EX | LOCK_NB) }

  /// Shares a lock that was held alone; false when the system refused.
  ///
  /// Who takes it alone on the way lets it go soon: nobody waits for anything else with it.
  func share() -> Bool { Self.lock(folder.number, LOCK_SH) }

  private static func lock(_ number: Int32, _ kind: Int32) -> Bool {
    while flock(number, kind) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }
}
