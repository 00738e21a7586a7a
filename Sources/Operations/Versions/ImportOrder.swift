package import Records

/// What `import` is asked to do.
package struct ImportOrder: Sendable {
  /// A safetensors file, or one of PyTorch's in either of its formats.
  package let path: String
  package var architecture: String?
  /// A `config.json`; instead of `architecture`.
  package var configurationPath: String?
  /// The data set it was trained on; nil is unknown, which counts as exposed to everybody.
  package var trainedOn: String?
  package var only: Selector?
  /// The version it was made from, outside.
  package var parent: String?
  package var labels: [String] = []

  package init(path: String) { self.path = path }
}
