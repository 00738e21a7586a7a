internal import CKernels
internal import COpenBLAS
import FoundationEssentials
import Glibc

/// OpenBLAS, loaded late: its kernel is chosen when it loads, so we choose before.
///
/// Debian's 0.3.21 does not know recent processors and would run kernels several times slower. It
/// works with one thread, because it gives other bits for other thread counts; who wants more
/// threads gives each its own product. A kernel that the user set in OPENBLAS_CORETYPE stays.
@safe struct OpenBLAS: @unchecked Sendable {
  // Only function pointers of a library that is never unloaded, so sharing them is safe.
  private let sgemm: imu_cblas_sgemm
  private let dgemm: imu_cblas_dgemm
  /// Such as `OpenBLAS 0.3.21`.
  let version: String
  /// Such as `Haswell`.
  let kernel: String

  /// The library, or why there is none; loaded once, at the first use.
  static let loaded: Result<OpenBLAS, NetworkError> = Result(catching: OpenBLAS.init)

  private init() throws(NetworkError) {
    // Here because every network passes here once before it runs.
    _ = imu_keep_freed_memory()
    if let kernel = Self.preferredKernel { unsafe setenv("OPENBLAS_CORETYPE", kernel, 0) }
    unsafe setenv("OPENBLAS_NUM_THREADS", "1", 1)
    let name = "libopenblas.so.0"
    guard let library = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw NetworkError.matrixLibraryMissing("\(name) does not load")
    }
    func symbol<Function>(_ symbol: String, _ type: Function.Type) throws(NetworkError) -> Function
    {
      guard let address = unsafe dlsym(library, symbol) else {
        throw NetworkError.matrixLibraryMissing("\(name) has no function \(symbol)")
      }
      return unsafe unsafeBitCast(address, to: type)
    }
    unsafe sgemm = try symbol("cblas_sgemm", imu_cblas_sgemm.self)
    unsafe dgemm = try symbol("cblas_dgemm", imu_cblas_dgemm.self)
    let setThreads = try symbol(
      "openblas_set_num_threads", imu_openblas_set_num_threads.self)
    let configuration = try unsafe symbol("openblas_get_config", imu_openblas_get_config.self)
    let coreName = try unsafe symbol("openblas_get_corename", imu_openblas_get_corename.self)
    setThreads(1)
    let words = unsafe Self.text(configuration()).split(separator: " ").prefix(2)
    version = words.joined(separator: " ")
    kernel = unsafe Self.text(coreName())
  }

  /// The kernel this processor runs best; nil where the choice is better left to OpenBLAS.
  static var preferredKernel: String? {
    unsafe imu_preferred_matrix_kernel().map { unsafe String(cString: $0) }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "unknown" }
    return unsafe String(cString: pointer)
  }

  /// C ← α·op(A)·op(B) + β·C over dense row-major matrices, `[m, k]`, `[k, n]` and `[m, n]`.
  ///
  /// C lies in its array from `start` on.
  func multiply(
    _ a: Span<Float>, _ b: Span<Float>, _ extents: ProductExtents, alpha: Float, beta: Float,
    into c: inout MutableSpan<Float>, at start: Int = 0
  ) {
    extents.check(a.count, b.count, c.count - start)
    let e = extents
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          unsafe sgemm(
            CblasRowMajor, e.left, e.right, e.m, e.n, e.k, alpha, a.baseAddress, e.leftStride,
            b.baseAddress, e.rightStride, beta,
            c.baseAddress?.advanced(by: start), e.n)
        }
      }
    }
  }

  /// The same in double precision.
  func multiply(
    _ a: Span<Double>, _ b: Span<Double>, _ extents: ProductExtents, alpha: Double, beta: Double,
    into c: inout MutableSpan<Double>, at start: Int = 0
  ) {
    extents.check(a.count, b.count, c.count - start)
    let e = extents
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          unsafe dgemm(
            CblasRowMajor, e.left, e.right, e.m, e.n, e.k, alpha, a.baseAddress, e.leftStride,
            b.baseAddress, e.rightStride, beta,
            c.baseAddress?.advanced(by: start), e.n)
        }
      }
    }
  }
}

/// The extents of a product op(A)·op(B), as BLAS wants them.
struct ProductExtents {
  let m, n, k: blasint
  let left, right: CBLAS_TRANSPOSE
  let leftStride, rightStride: blasint

  init(_ m: Int, _ n: Int, _ k: Int, transposingLeft: Bool, transposingRight: Bool) {
    precondition(m > 0 && n > 0 && k > 0, "an empty product \(m)×\(k)·\(k)×\(n)")
    self.m = blasint(m)
    self.n = blasint(n)
    self.k = blasint(k)
    left = transposingLeft ? CblasTrans : CblasNoTrans
    right = transposingRight ? CblasTrans : CblasNoTrans
    leftStride = transposingLeft ? self.m : self.k
    rightStride = transposingRight ? self.k : self.n
  }

  func check(_ a: Int, _ b: Int, _ c: Int) {
    precondition(a == Int(m) * Int(k), "\(a) elements are no \(m)×\(k) matrix")
    precondition(b == Int(k) * Int(n), "\(b) elements are no \(k)×\(n) matrix")
    precondition(c >= Int(m) * Int(n), "\(c) elements hold no \(m)×\(n) matrix")
  }
}
