package import Records

/// Why the registry could not do what it was asked.
package enum RegistryError: Error, Hashable, Sendable {
  /// The directory does not exist.
  case noDirectory(String)
  /// The directory exists and holds no registry, or one whose making was interrupted.
  case notARegistry(String)
  case alreadyARegistry(String)
  /// A registry cannot be made where other files lie.
  case occupied(directory: String, entry: String)
  /// Files of another format than this program's.
  case otherFormat(directory: String, found: Int)
  /// An event was written by a newer program; what it changes is not known.
  case newerSchema(file: String, found: Int, supported: Int)
  /// Locks and renames are not what they are on a disk of one's own.
  case networkFileSystem(directory: String, name: String)
  /// Another process holds the lock.
  case busy(String)
  /// Others were at work in the directory for as long as this process was to wait.
  case neverAlone(String, waited: Duration)
  /// The operating system refused.
  case system(operation: String, path: String, reason: String)
  /// A file is not what it was when it was written.
  case corrupted(file: String, reason: String)
  /// A sealed part that is erased, lost, or may not be read by this process.
  case sealed(file: String, reason: SealedReason)
  /// What somebody kept of the log's head and is no checkpoint of it; `isRemembered` where this user's
  /// own commands kept it.
  case notKept(file: String, reason: String, isRemembered: Bool)
  /// The log does not go on from the checkpoint that was remembered outside of it.
  case forked(file: String, size: Int, found: Int)
  /// Another registry lay in this directory when it was last written.
  case replaced(directory: String, file: String)
  /// An event that may not happen in this state; nothing was signed.
  case illegal(kind: String, reason: String)
  /// The clock is behind the log.
  case clockBehind(now: String, last: String)
  /// SQLite refused, for a reason other than corruption.
  case ledger(String)
  /// A name that may not be used.
  case invalidName(what: String, value: String, rule: String)
  /// Nothing has this name; `known` are all names, `nearest` the one most like it.
  case unknown(what: String, name: String, known: [String], nearest: String?)
  /// More than one version answers to the name.
  case ambiguous(name: String, candidates: [String])
  /// Something else already has this name.
  case taken(what: String, name: String)
  /// A change of state that a request in this state may not make.
  case stateRefused(request: String, from: RequestState, to: RequestState)
  /// A private key that others can read.
  case keyExposed(file: String, mode: String)
  /// A private key whose public half is not the one that the log trusts.
  case foreignKey(file: String, role: SigningRole)
  /// The signing library refused.
  case signing(file: String, reason: String)
}

extension RegistryError {
  /// Whether the error says that stored bytes do not verify.
  package var isCorruption: Bool {
    switch self {
    case .corrupted, .forked, .replaced, .foreignKey, .notKept: true
    default: false
    }
  }
}

extension RegistryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noDirectory(let directory):
      "there is no directory '\(directory)'; make a registry there with 'imu-registry init'"
    case .notARegistry(let directory):
      "'\(directory)' is no registry; make one with 'imu-registry init' or name another with --registry"
    case .alreadyARegistry(let directory):
      "'\(directory)' is a registry already; use it as it is or name another with --registry"
    case .occupied(let directory, let entry):
      "'\(directory)' holds '\(entry)', which is not of a registry; choose an empty directory"
    case .otherFormat(let directory, let found):
      "'\(directory)' has format \(found) and this program writes format \(RegistryLayout.format); "
        + "keep it with the program that made it, and 'init' and 'import' its versions anew"
    case .newerSchema(let file, let found, let supported):
      "'\(file)' has an event of schema \(found) and this program knows up to \(supported), so it "
        + "decides nothing; use a newer imu-registry"
    case .networkFileSystem(let directory, let name):
      "'\(directory)' lies on \(name), where a registry is not safe; put it on a local disk, or set "
        + "\(FileSystem.override)=1"
    case .busy(let directory):
      "another imu-registry is at work in '\(directory)'; try again when it is done"
    case .neverAlone(let directory, let patience):
      "others are at work in '\(directory)' and were for all of the \(patience.components.seconds) "
        + "seconds of --wait; try again when they are done, or with a longer --wait"
    case .system(let operation, let path, let reason):
      "cannot \(operation) '\(path)': \(reason)"
    case .corrupted(let file, let reason):
      "'\(file)' does not verify: \(reason); run 'imu-registry audit' and restore it from a backup"
    case .sealed(let file, let reason):
      "sealed part '\(file)' cannot be opened: \(reason)"
        + (reason == .forbidden ? "; run this as the registry's owner, or ask them" : "")
    case .notKept(let file, let reason, true):
      "what was remembered of the registry in '\(file)' cannot be used: \(reason); look at it, and "
        + "where another anchor shows that the log is good (a report's size and root, or a checkpoint "
        + "from elsewhere), remove the file"
    case .notKept(let file, let reason, false):
      "'\(file)' holds no checkpoint of this registry's log: \(reason); name a file that does"
    case .forked(let file, let size, let found):
      "the log of \(found) events does not go on from the \(size) of '\(file)': it was put back, cut "
        + "or replaced; put it back from a copy you trust"
    case .replaced(let directory, let file):
      "'\(directory)' held another registry when it was last written; if that is right, remove "
        + "'\(file)'"
    case .illegal(let kind, let reason):
      "nothing was signed: an event '\(kind)' \(reason)"
    case .clockBehind(let now, let last):
      "the clock says \(now) and the log's last event is of \(last); set the clock, or let root say "
        + "'imu-registry log clock --correct REASON'"
    case .ledger(let reason):
      "the ledger refused: \(reason)"
    case .invalidName(let what, let value, let rule):
      "'\(Self.printable(value))' is no name for \(what): \(rule)"
    case .unknown(let what, let name, let known, let nearest):
      "there is no \(what) '\(Self.printable(name))'; " + Self.proposal(known, nearest)
    case .ambiguous(let name, let candidates):
      "'\(Self.printable(name))' names \(candidates.joined(separator: " and ")); say which"
    case .taken(let what, let name):
      "there is a \(what) '\(name)' already; choose another name"
    case .stateRefused(let request, let from, let to):
      "request '\(request)' is \(from.rawValue) and cannot become \(to.rawValue); \(Self.advice(from))"
    case .keyExposed(let file, let mode):
      "private key '\(file)' can be read by others (mode \(mode)); make a new one, or chmod 600 it"
    case .foreignKey(let file, let role):
      "private key '\(file)' is not the one that the log trusts as \(role.rawValue), so nothing was "
        + "signed with it; put the right one there"
    case .signing(let file, let reason):
      "cannot sign with '\(file)': \(reason)"
    }
  }

  private static func proposal(_ known: [String], _ nearest: String?) -> String {
    if let nearest { return "did you mean '\(nearest)'?" }
    if known.isEmpty { return "there is none yet" }
    let shown = known.prefix(8).joined(separator: ", ")
    return "known: \(shown)" + (known.count > 8 ? ", … (\(known.count) in all)" : "")
  }

  private static func advice(_ state: RequestState) -> String {
    switch state {
    case .received: "approve or refuse it first"
    case .approved: "forget, or refuse it"
    case .mitigated: "forget --until pass closes it"
    case .closed, .refused: "open a new request"
    }
  }

  /// The beginning of a name, without what would disturb a terminal.
  static func printable(_ text: String) -> String {
    let head = text.unicodeScalars.prefix(80).map { scalar in
      scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "�" : String(scalar)
    }
    return head.joined() + (text.unicodeScalars.count > 80 ? "…" : "")
  }
}
