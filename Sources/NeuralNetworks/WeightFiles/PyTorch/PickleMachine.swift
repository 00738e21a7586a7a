/// The reader of a pickle: a stack, a memo, and the few operations that build plain values.
///
/// Nothing in a file is executed, imported or looked up: what a pickle would call is one of the
/// names of `PickleGlobal`, each of which stands for a piece of data here.
struct PickleMachine {
  /// A state dict has about 40 operations a tensor.
  static let operationLimit = 1 << 22
  static let stackLimit = 100_000
  static let markLimit = 200
  static let lineLimit = 200
  static let tensorLimit = 1 << 16
  /// Of ordered dictionaries made of lists, which could be one list again and again.
  static let pairLimit = 1 << 20

  var reader: ByteReader
  var pickle = Pickle()
  private var stack: [Pickle.Value] = []
  /// The heights of the stack at the open marks.
  private var marks: [Int] = []
  private var memo: [UInt32: Pickle.Value] = [:]
  /// Where the current operation begins, in bytes from the beginning of the file.
  private var place = 0
  /// The entries of all ordered dictionaries that were made of lists.
  var pairCount = 0

  private init(_ reader: ByteReader) { self.reader = reader }

  /// Reads one pickle, and leaves the reader behind its end.
  ///
  /// - Throws: `WeightFileError` naming the operation and its place.
  static func read(_ reader: inout ByteReader) throws(WeightFileError) -> Pickle {
    var machine = PickleMachine(reader)
    try machine.run()
    reader = machine.reader
    return machine.pickle
  }

  private mutating func run() throws(WeightFileError) {
    guard try operation() == .protocolVersion, try reader.byte() == 2 else {
      throw failure("a pickle of PyTorch begins with protocol 2")
    }
    for _ in 0..<Self.operationLimit {
      let operation = try operation()
      if operation == .stop {
        pickle.root = try pop()
        guard stack.isEmpty, marks.isEmpty else {
          throw failure("the pickle stops with \(stack.count) values left over")
        }
        return
      }
      try perform(operation)
      guard stack.count <= Self.stackLimit else {
        throw failure("more than \(Self.stackLimit) values wait at a time")
      }
    }
    throw failure("the pickle has more than \(Self.operationLimit) operations")
  }

  private mutating func operation() throws(WeightFileError) -> PickleOpcode {
    place = reader.position
    let byte = try reader.byte()
    guard let operation = PickleOpcode(rawValue: byte) else {
      throw failure("the pickle has the operation \(byte), which a state dict does not need")
    }
    return operation
  }

  private mutating func perform(_ operation: PickleOpcode) throws(WeightFileError) {
    switch operation {
    case .protocolVersion, .stop: throw failure("the pickle names its protocol twice")
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: stack.append(.integer(Int(try reader.word(Int32.self))))
    case .binInt1: stack.append(.integer(Int(try reader.byte())))
    case .binInt2: stack.append(.integer(Int(try reader.word(UInt16.self))))
    case .long1: stack.append(try longInteger())
    case .binFloat:
      stack.append(.real(Double(bitPattern: try reader.word(UInt64.self).byteSwapped)))
    case .binUnicode: stack.append(.text(try reader.text(Int(try reader.word(UInt32.self)))))
    case .shortBinString: stack.append(.text(try reader.text(Int(try reader.byte()))))
    case .global: stack.append(.global(try global()))
    case .binPut: memo[UInt32(try reader.byte())] = try top()
    case .longBinPut: memo[try reader.word()] = try top()
    case .binGet: stack.append(try remembered(UInt32(try reader.byte())))
    case .longBinGet: stack.append(try remembered(try reader.word()))
    case .mark: try mark()
    case .emptySet: stack.append(.emptySet)
    case .emptyTuple: pushTuple([])
    case .tuple1: pushTuple(try pop(1))
    case .tuple2: pushTuple(try pop(2))
    case .tuple3: pushTuple(try pop(3))
    case .tuple: pushTuple(try popToMark())
    case .emptyList: pushList()
    case .append: try extendList(by: try pop(1))
    case .appends: try extendList(by: try popToMark())
    case .emptyDictionary: pushDictionary([])
    case .setItem: try extendDictionary(by: try pop(2))
    case .setItems: try extendDictionary(by: try popToMark())
    case .binPersistentID: stack.append(.storage(try storage(try pop())))
    case .newObject, .reduce: try call(operation)
    case .build: try build()
    }
  }

  func failure(_ reason: String) -> WeightFileError {
    WeightFileError("\(reason) (byte \(place))")
  }
}

/// The stack, whose values below an open mark cannot be reached.
extension PickleMachine {
  private mutating func mark() throws(WeightFileError) {
    guard marks.count < Self.markLimit else {
      throw failure("the pickle nests deeper than \(Self.markLimit)")
    }
    marks.append(stack.count)
  }

  private func top() throws(WeightFileError) -> Pickle.Value {
    guard stack.count > marks.last ?? 0, let top = stack.last else {
      throw failure("an operation of the pickle lacks its value")
    }
    return top
  }

  private mutating func pop() throws(WeightFileError) -> Pickle.Value {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func pop(_ count: Int) throws(WeightFileError) -> [Pickle.Value] {
    guard stack.count - (marks.last ?? 0) >= count else {
      throw failure("an operation of the pickle lacks its \(count) values")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(WeightFileError) -> [Pickle.Value] {
    guard let height = marks.popLast() else { throw failure("an operation lacks its mark") }
    return try pop(stack.count - height)
  }

  private func remembered(_ index: UInt32) throws(WeightFileError) -> Pickle.Value {
    guard let value = memo[index] else {
      throw failure("the pickle refers to its value \(index), which it has not stored")
    }
    return value
  }
}

/// Containers.
extension PickleMachine {
  private mutating func pushTuple(_ elements: [Pickle.Value]) {
    stack.append(.tuple(pickle.sequences.count))
    pickle.sequences.append(elements)
  }

  private mutating func pushList() {
    stack.append(.list(pickle.sequences.count))
    pickle.sequences.append([])
  }

  private mutating func pushDictionary(_ entries: [Pickle.Entry]) {
    stack.append(.dictionary(pickle.dictionaries.count))
    pickle.dictionaries.append(entries)
  }

  private mutating func extendList(by elements: [Pickle.Value]) throws(WeightFileError) {
    guard case .list(let place) = try top() else { throw failure("elements follow no list") }
    pickle.sequences[place] += elements
  }

  private mutating func extendDictionary(by items: [Pickle.Value]) throws(WeightFileError) {
    guard case .dictionary(let place) = try top(), items.count.isMultiple(of: 2) else {
      throw failure("items that are no pairs, or that follow no dictionary")
    }
    for index in stride(from: 0, to: items.count, by: 2) {
      pickle.dictionaries[place].append((items[index], items[index + 1]))
    }
  }
}

/// What a pickle would call.
extension PickleMachine {
  private mutating func longInteger() throws(WeightFileError) -> Pickle.Value {
    let range = try reader.skip(Int(try reader.byte()))
    guard range.count <= 8 else { return .longInteger(Array(reader[range])) }
    let isNegative = reader[range].last.map { $0 >= 0x80 } ?? false
    var word: Int64 = isNegative ? -1 : 0
    for byte in reader[range].reversed() { word = word << 8 | Int64(byte) }
    return .integer(Int(word))
  }

  private mutating func global() throws(WeightFileError) -> PickleGlobal {
    let module = try reader.line(limit: Self.lineLimit)
    let name = try reader.line(limit: Self.lineLimit)
    guard let global = PickleGlobal(module: module, name: name) else {
      throw failure(
        "the pickle mentions '\(module).\(name)', which is no part of a state dict; save the "
          + "state dict alone")
    }
    return global
  }

  /// `REDUCE` and `NEWOBJ`: a name and its arguments become the data they stand for.
  private mutating func call(_ operation: PickleOpcode) throws(WeightFileError) {
    let operands = try pop(2)
    guard case .global(let global) = operands[0],
      let arguments = pickle.elements(ofTuple: operands[1])
    else {
      throw failure("the pickle would call \(operands[0].kind) with \(operands[1].kind)")
    }
    switch global {
    case .orderedDictionary: pushDictionary(try pairs(arguments))
    case .rebuildTensor where operation == .reduce:
      guard pickle.tensors.count < Self.tensorLimit else {
        throw failure("the pickle has more than \(Self.tensorLimit) tensors")
      }
      stack.append(.tensor(pickle.tensors.count))
      pickle.tensors.append(try tensorView(arguments))
    case .rebuildParameter where operation == .reduce:
      guard arguments.count == 3, case .tensor = arguments[0] else {
        throw failure("a parameter is not made of a tensor")
      }
      stack.append(arguments[0])
    case .rebuildTensor, .rebuildParameter, .storage:
      throw failure("the pickle would make an object of a kind that a state dict does not need")
    }
  }

  /// `BUILD`: the attributes of a state dict, such as its `_metadata`, do not matter.
  private mutating func build() throws(WeightFileError) {
    guard case .dictionary = try pop(), case .dictionary = try top() else {
      throw failure("the pickle would give attributes to what is no dictionary")
    }
  }
}
