/// The names and tensors of a network within what a pickle describes.
enum StateDictionary {
  /// Under what names training scripts keep the state dict among other things.
  static let wrappers = ["state_dict", "model_state_dict", "model", "net"]
  static let prefix = "module."
  private static let counter = "num_batches_tracked"

  /// The tensors by name, without the prefix of parallel training and without counters.
  ///
  /// - Throws: `WeightFileError` naming an entry that is no tensor, or a name that stands twice.
  static func find(in pickle: Pickle) throws(WeightFileError) -> [String: TensorView] {
    var state: [String: TensorView] = [:]
    for (key, value) in try entries(pickle) {
      guard let name = key.text else {
        throw WeightFileError("the state dict has \(key.kind) for a name")
      }
      guard case .tensor(let place) = value else {
        throw WeightFileError(
          "the entry '\(name)' of the state dict is \(value.kind), not a tensor")
      }
      guard state.updateValue(pickle.tensors[place], forKey: name) == nil else {
        throw WeightFileError("the state dict has the name '\(name)' twice")
      }
    }
    return withoutPrefix(state.filter { !isCounter($0.key) })
  }

  static func isCounter(_ name: String) -> Bool { name == counter || name.hasSuffix("." + counter) }

  /// The names without `module.`, which data-parallel training puts before every one of them.
  static func withoutPrefix<Value>(_ state: [String: Value]) -> [String: Value] {
    guard !state.isEmpty, state.keys.allSatisfy({ $0.hasPrefix(prefix) }) else { return state }
    return Dictionary(
      uniqueKeysWithValues: state.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }

  /// The entries of the state dict: the whole, or the one wrapped dictionary.
  private static func entries(_ pickle: Pickle) throws(WeightFileError) -> [Pickle.Entry] {
    guard let entries = pickle.entries(of: pickle.root) else {
      throw WeightFileError(
        "the file holds \(pickle.root.kind) instead of a state dict; save model.state_dict()")
    }
    let wrapped = entries.filter { entry in
      guard let name = entry.key.text, case .dictionary = entry.value else { return false }
      return wrappers.contains(name)
    }
    guard wrapped.count <= 1 else {
      let names = wrapped.compactMap(\.key.text).joined(separator: ", ")
      throw WeightFileError("the file holds several state dicts: \(names); save one alone")
    }
    guard let wrapped = wrapped.first else { return entries }
    return pickle.entries(of: wrapped.value) ?? entries
  }
}
