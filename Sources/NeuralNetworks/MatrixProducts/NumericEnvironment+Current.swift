internal import CKernels
package import Records

/// The version of the engine's arithmetic; it changes whenever the bits of a result change.
///
/// Convolutions multiply and add in one rounding where the processor can, whatever the matrix
/// library; where it cannot, that is said.
private let engineVersion =
  "imu-registry-engine/3" + (imu_product_is_fused() != 0 ? "" : " without fused multiply-add")

/// What the bits of this process's results depend on.
///
/// - Throws: `NetworkError.matrixLibraryMissing`.
package func numericEnvironment() throws(NetworkError) -> NumericEnvironment {
  let library = try OpenBLAS.loaded.get()
  return NumericEnvironment(
    architecture: architecture, matrixLibrary: library.version, matrixKernel: library.kernel,
    engine: engineVersion)
}

#if arch(x86_64)
  private let architecture = "x86_64"
#elseif arch(arm64)
  private let architecture = "aarch64"
#else
  private let architecture = "unknown"
#endif
