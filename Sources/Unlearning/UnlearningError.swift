import NeuralNetworks

/// Why a method of unlearning did not run, or did not end.
package enum UnlearningError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownMethod(String, known: [String])
  case unknownChoice(String, method: String, known: [String])
  case invalidChoice(String, value: String, method: String, allowed: [String])
  case unknownConstant(String, method: String, known: [String])
  case constantOutOfRange(String, value: Int, method: String, range: ClosedRange<Int>)
  /// A recipe without one of the method's choices or constants.
  case incompleteRecipe(method: String, missing: String)
  case noForgetRecords(method: String)
  case retainSetMissing(method: String)
  /// A number that ceased to be finite, and the step after which it was seen.
  case diverged(String, method: String, step: Int, advice: String)

  package var description: String {
    switch self {
    case .unknownMethod(let name, let known):
      "no method of unlearning is called '\(name)'; there are \(Self.list(known))"
    case .unknownChoice(let name, let method, let known):
      "the method '\(method)' has no choice '\(name)'; it has \(Self.list(known))"
    case .invalidChoice(let name, let value, let method, let allowed):
      "the choice '\(name)' of '\(method)' cannot be '\(value)'; it can be \(Self.list(allowed))"
    case .unknownConstant(let name, let method, let known):
      "the method '\(method)' has no constant '\(name)'; it has \(Self.list(known))"
    case .constantOutOfRange(let name, let value, let method, let range):
      "the constant '\(name)' of '\(method)' cannot be \(value); it can be \(range.lowerBound) to "
        + "\(range.upperBound)"
    case .incompleteRecipe(let method, let missing):
      "the recipe for '\(method)' lacks '\(missing)'; make it from the method's defaults"
    case .noForgetRecords(let method):
      "the method '\(method)' was given no record to forget; select at least one training record"
    case .retainSetMissing(let method):
      "the method '\(method)' needs the records that stay; give the data set they come from"
    case .diverged(let quantity, let method, let step, let advice):
      "the method '\(method)' diverged: \(quantity) is not finite after step \(step); \(advice)"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}

extension UnlearningError {
  /// Refuses a network with a weight that is not a finite number in the parts that were changed.
  ///
  /// - Throws: `UnlearningError.diverged` naming the tensor.
  static func check(
    _ parts: [NetworkPart], of network: Network, madeBy method: String, afterStep step: Int
  ) throws(UnlearningError) {
    let changed = network.tensors.filter { parts.contains($0.part) }
    for named in changed where !named.tensor.values.allSatisfy(\.isFinite) {
      throw .diverged(
        "the tensor '\(named.name)'", method: method, step: step,
        advice: "lower learningRatePartsPerBillion")
    }
  }
}
