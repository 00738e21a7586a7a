import CKernels
import Testing

@Suite("What the C library is asked for")
struct MachineTests {
  #if os(Linux)
    @Test("freed memory is kept for the next step: the library is asked, and agrees")
    func keptMemory() {
      #expect(imu_keep_freed_memory() == 1)
    }
  #endif
}
