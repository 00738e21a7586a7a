import Dispatch
import Glibc
import Synchronization

/// Holds the registry for one writer while it commits, for milliseconds.
///
/// There is no lock file that could be removed: the locks are on the folders themselves. Writers
/// queue: who waits for the second lock holds the first, so that whoever comes later, the last holder
/// among them, stands behind.
struct WriterLock: ~Copyable {
  private let hold: FlockedFolder

  /// - Throws: `RegistryError.busy` when others hold it longer than `patience`.
  init(_ layout: RegistryLayout, patience: Duration) throws(RegistryError) {
    let clock = ContinuousClock()
    let end = clock.now + patience
    let turn = FlockedFolder(try Folder("", in: layout))
    guard turn.lock(until: end) else { throw .busy(layout.directory) }
    let hold = FlockedFolder(try Folder(RegistryLayout.log, in: layout))
    guard hold.lock(until: end) else { throw .busy(layout.directory) }
    turn.unlock()
    self.hold = hold
  }

  /// Takes it where nobody has it or waits for it; nil otherwise.
  init?(ifFree layout: RegistryLayout) throws(RegistryError) {
    let turn = FlockedFolder(try Folder("", in: layout))
    guard turn.lockNow() else { return nil }
    defer { turn.unlock() }
    let hold = FlockedFolder(try Folder(RegistryLayout.log, in: layout))
    guard hold.lockNow() else { return nil }
    self.hold = hold
  }

  deinit { hold.unlock() }
}

/// A folder that is opened to be locked.
private final class FlockedFolder: Sendable {
  private let folder: Folder

  init(_ folder: consuming Folder) { self.folder = folder }

  func unlock() { _ = flock(folder.number, LOCK_UN) }

  func lockNow() -> Bool { flock(folder.number, LOCK_EX | LOCK_NB) == 0 }

  /// Waits for the lock in the kernel's queue; false when the time is over.
  ///
  /// The wait is another thread's, as nothing else ends a wait for `flock`: when the time is over that
  /// thread is left to itself, and lets the lock go should it still get it.
  func lock(until end: ContinuousClock.Instant) -> Bool {
    if lockNow() { return true }
    let wait = Wait()
    let got = DispatchSemaphore(value: 0)
    Thread.detach { [self] in
      while flock(folder.number, LOCK_EX) != 0, errno == EINTR {}
      if wait.isGivenUp(orFinish: true) { unlock() }
      got.signal()
    }
    let left = end - ContinuousClock().now
    let nanoseconds =
      max(0, left.components.seconds) * 1_000_000_000
      + left.components.attoseconds / 1_000_000_000
    if got.wait(timeout: .now() + .nanoseconds(Int(max(0, nanoseconds)))) == .success {
      return true
    }
    return !wait.isGivenUp(orFinish: false)
  }

  /// Which of two came first: the lock, or the end of patience.
  private final class Wait: Sendable {
    private let state = Mutex<(isOver: Bool, isFinished: Bool)>((false, false))

    /// Called by the waiting thread with `true` when it has the lock, by the other with `false` when
    /// its patience is over.
    func isGivenUp(orFinish finishes: Bool) -> Bool {
      state.withLock { state in
        if finishes {
          state.isFinished = true
          return state.isOver
        }
        if !state.isFinished { state.isOver = true }
        return state.isOver
      }
    }
  }

  private enum Thread {
    static func detach(_ body: @escaping @Sendable () -> Void) {
      DispatchQueue.global().async(execute: body)
    }
  }
}
