package import Records

/// What `evaluate` is asked to do.
package struct EvaluateOrder: Sendable {
  package var version: String
  package var dataset: String
  package var split = Split.test
  /// Where the logits go, as safetensors; nil for nowhere.
  package var logitsPath: String?
  /// Where the features go, as safetensors; nil for nowhere.
  package var featuresPath: String?

  package init(version: String, dataset: String) {
    self.version = version
    self.dataset = dataset
  }
}
