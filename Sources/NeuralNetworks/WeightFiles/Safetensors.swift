/// The safetensors format: a length, a header in JSON, and the bytes of the tensors.
///
/// `u64le N · header (N bytes of JSON, an object, padded with spaces) · data`. Source: the format
/// section of the safetensors README, and its library 0.8.0 where that is the stricter of the two.
package enum Safetensors {
  /// The longest header accepted, in bytes, as in the reference library.
  package static let headerLimit = 100_000_000
  /// The length field that precedes the header, in bytes.
  static let lengthSize = 8
  /// The member of the header that is not a tensor.
  static let metadataName = "__metadata__"
}
