import Glibc
import Testing

@testable import Console

/// Listens on this thread too; the worker threads of the tests block every signal.
private func listen() {
  var every = sigset_t()
  sigfillset(&every)
  pthread_sigmask(SIG_UNBLOCK, &every, nil)
  Interrupt.listen()
}

@Suite struct InterruptTests {
  @Test("the first Ctrl-C lets the work end itself")
  func first() async {
    await #expect(processExitsWith: .exitCode(7)) {
      listen()
      raise(SIGINT)
      do {
        try Interrupt.ofProcess.check()
      } catch {
        exit(7)
      }
    }
  }

  @Test("the second one ends the process at once, whichever signal it is")
  func second() async {
    await #expect(processExitsWith: .exitCode(130)) {
      listen()
      raise(SIGTERM)
      raise(SIGINT)
      exit(7)
    }
  }

  @Test("a pipe that nobody reads ends nothing")
  func brokenPipe() async {
    await #expect(processExitsWith: .exitCode(7)) {
      Interrupt.listen()
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      close(ends[0])
      dup2(ends[1], STDOUT_FILENO)
      do {
        try Terminal.ofProcess.result("a word")
        exit(7)
      } catch {
        exit(8)
      }
    }
  }

  @Test("a full disk is an error")
  func fullDisk() async {
    await #expect(processExitsWith: .exitCode(7)) {
      dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO)
      do {
        try Terminal.ofProcess.result("a word")
        exit(8)
      } catch {
        exit(7)
      }
    }
  }
}
