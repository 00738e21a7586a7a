/// A family of networks: what it is called, what one may choose, and its layers.
///
/// Tensors are named as in the original repository of the family, so that its files load as they
/// are. A new one is a file that declares it and its line in `Architectures.all`.
struct Architecture: Sendable {
  /// Hyper-parameters by name, none missing.
  typealias Choices = [String: Int]
  typealias Extractor = @Sendable (ImageShape, Choices) throws(NetworkError) -> LayerGraph

  let name: String
  /// What one may choose, with its default.
  let defaults: Choices
  /// The prefix of the tensors of the last linear layer.
  let classifierName: @Sendable (Choices) -> String
  /// What the shapes of a file's tensors say of the choices, the rest left out.
  let choices: @Sendable (_ shapes: [String: [Int]]) -> Choices
  /// The extractor φ for inputs of a shape; the linear classifier follows by itself.
  let extractor: Extractor

  init(
    _ name: String, defaults: Choices = [:],
    classifierName: @escaping @Sendable (Choices) -> String = { _ in "fc" },
    choices: @escaping @Sendable (_ shapes: [String: [Int]]) -> Choices = { _ in [:] },
    extractor: @escaping Extractor
  ) {
    self.name = name
    self.defaults = defaults
    self.classifierName = classifierName
    self.choices = choices
    self.extractor = extractor
  }
}
