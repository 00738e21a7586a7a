/// Why bytes are not a weight file this program reads.
package struct WeightFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as one lower-case sentence that names the tensor and the value.
  package let description: String

  package init(_ description: String) { self.description = description }
}
