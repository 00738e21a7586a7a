/// What a pickle describes: plain values, and tensors that name their storage.
///
/// Containers are places in tables, so that a pickle that mentions one twice means the same one, and
/// that nothing here nests deeper than the reader's own stack.
struct Pickle {
  enum Value: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    /// A whole number of more than 64 bits, as its little-endian two's complement.
    case longInteger([UInt8])
    case real(Double)
    case text(String)
    case emptySet
    /// A place in `sequences`.
    case tuple(Int)
    /// A place in `sequences`.
    case list(Int)
    /// A place in `dictionaries`.
    case dictionary(Int)
    case global(PickleGlobal)
    case storage(StorageReference)
    /// A place in `tensors`.
    case tensor(Int)
  }

  typealias Entry = (key: Value, value: Value)

  var root = Value.none
  var sequences: [[Value]] = []
  var dictionaries: [[Entry]] = []
  var tensors: [TensorView] = []

  /// The entries of a dictionary, nil of anything else.
  func entries(of value: Value) -> [Entry]? {
    guard case .dictionary(let place) = value else { return nil }
    return dictionaries[place]
  }

  /// The elements of a tuple, nil of anything else.
  func elements(ofTuple value: Value) -> [Value]? {
    guard case .tuple(let place) = value else { return nil }
    return sequences[place]
  }

  /// The value under a text in a dictionary.
  func value(_ key: String, in dictionary: Value) -> Value? {
    entries(of: dictionary)?.last { $0.key.text == key }?.value
  }
}

extension Pickle.Value {
  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  var integer: Int? {
    guard case .integer(let integer) = self else { return nil }
    return integer
  }

  /// What it is, for a message.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a truth value"
    case .integer, .longInteger: "a whole number"
    case .real: "a number"
    case .text(let text): "the text '\(text.prefix(80))'"
    case .emptySet: "a set"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global: "a global"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}
