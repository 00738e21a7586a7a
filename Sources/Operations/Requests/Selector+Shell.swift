package import Records
import Reports

extension Selector {
  /// The options that select the same on a command line, such as `--subject pid=1`.
  package func options(_ name: String) -> String {
    texts.map { "\(name) \(Shell.quoted($0))" }.joined(separator: " ")
  }
}
