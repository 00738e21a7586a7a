/// Products of dense row-major matrices, by OpenBLAS on the calling thread.
package enum MatrixProducts {
  /// Makes sure that the library is there; the first call loads it.
  ///
  /// - Throws: `NetworkError.matrixLibraryMissing` naming the package that has it.
  package static func load() throws(NetworkError) { _ = try OpenBLAS.loaded.get() }

  /// C ← α·op(A)·op(B) + β·C in double precision.
  ///
  /// C is `[rows, columns]`, op(A) `[rows, inner]`, op(B) `[inner, columns]`; a transposed matrix is
  /// stored the other way round. The library must be loaded, which making a network does.
  package static func multiply(
    _ a: [Double], transposed transposingLeft: Bool = false, by b: [Double],
    transposed transposingRight: Bool = false, rows: Int, columns: Int, inner: Int,
    alpha: Double = 1, beta: Double = 0, into c: inout [Double]
  ) {
    let extents = ProductExtents(
      rows, columns, inner, transposingLeft: transposingLeft, transposingRight: transposingRight)
    var result = c.mutableSpan
    library.multiply(a.span, b.span, extents, alpha: alpha, beta: beta, into: &result)
  }

  /// The loaded library, for the layers' products over parts of arrays.
  static var library: OpenBLAS {
    switch OpenBLAS.loaded {
    case .success(let library): library
    case .failure(let error):
      preconditionFailure("a product before MatrixProducts.load(): \(error)")
    }
  }
}
