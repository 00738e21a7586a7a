/// Room for a kernel to work in.
enum Scratch {
  /// An array whose values are whatever was there before.
  static func array(_ count: Int) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: count) { _, initialised in initialised = count }
  }
}
