/// The names a pickle may mention; they are compared as texts and never resolved to anything.
enum PickleGlobal: Hashable, Sendable {
  case orderedDictionary
  /// `_rebuild_tensor_v2`, and its predecessor in files from before PyTorch 0.4.
  case rebuildTensor
  case rebuildParameter
  case storage(StorageType)

  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"):
      self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", _):
      guard let type = StorageType(rawValue: name) else { return nil }
      self = .storage(type)
    default: return nil
    }
  }
}

/// What a storage holds, by PyTorch's names.
enum StorageType: String, Hashable, Sendable {
  case float = "FloatStorage"
  case double = "DoubleStorage"
  case half = "HalfStorage"
  case bfloat16 = "BFloat16Storage"
  case long = "LongStorage"
  case int = "IntStorage"
  case short = "ShortStorage"
  case char = "CharStorage"
  case byte = "ByteStorage"
  case bool = "BoolStorage"

  var elementType: ElementType {
    switch self {
    case .float: .float32
    case .double: .float64
    case .half: .float16
    case .bfloat16: .bfloat16
    case .long: .int64
    case .int: .int32
    case .short: .int16
    case .char: .int8
    case .byte: .uint8
    case .bool: .bool
    }
  }

  /// The size of one element in bytes.
  var width: Int { elementType.bitCount / 8 }
}
