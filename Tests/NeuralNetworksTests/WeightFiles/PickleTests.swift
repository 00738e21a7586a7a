import Testing

@testable import NeuralNetworks

@Suite("Pickles")
struct PickleTests {
  /// A pickle of protocol 2 from its operations; every character of the text is the byte of its code.
  private static func pickle(_ operations: String) -> [UInt8] {
    [0x80, 2] + operations.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  private static func read(_ operations: String) throws(WeightFileError) -> Pickle {
    let bytes = pickle(operations)
    var reader = ByteReader(bytes, 0..<bytes.count)
    return try PickleMachine.read(&reader)
  }

  private static func result(_ operations: String) -> String {
    do {
      return try read(operations).root.kind
    } catch {
      return error.description
    }
  }

  /// A tensor over a storage of four elements; the operations push offset, shape and strides.
  private static func tensor(_ view: String) -> String {
    "ctorch._utils\n_rebuild_tensor_v2\n((U\u{7}storagectorch\nFloatStorage\nU\u{1}0U\u{3}cpuK\u{4}tQ"
      + view + "\u{89}ccollections\nOrderedDict\n)RtR."
  }

  @Test(
    "plain values are read",
    arguments: [
      ("N.", "None"), ("\u{88}.", "a truth value"), ("J\u{7F}\u{7F}\0\0.", "a whole number"),
      ("G\u{3F}\u{F0}\0\0\0\0\0\0.", "a number"), ("U\u{2}ab.", "the text 'ab'"),
      ("X\u{2}\0\0\0ab.", "the text 'ab'"), ("\u{8F}.", "a set"), (").", "a tuple"),
      ("(K\u{1}K\u{2}t.", "a tuple"), ("](K\u{1}K\u{2}e.", "a list"), ("]Na.", "a list"),
      ("}(U\u{1}aK\u{2}u.", "a dictionary"), ("}U\u{1}aNs.", "a dictionary"),
      ("ccollections\nOrderedDict\n)R.", "a dictionary"),
      ("ccollections\nOrderedDict\n](U\u{1}aN\u{86}e\u{85}R.", "a dictionary"),
      ("ccollections\nOrderedDict\n)\u{81}}b.", "a dictionary"),
    ])
  func values(operations: String, kind: String) {
    #expect(Self.result(operations) == kind)
  }

  @Test(
    "whole numbers have Python's values",
    arguments: [
      ("\u{8A}\0", 0), ("\u{8A}\u{1}\u{7F}", 127), ("\u{8A}\u{1}\u{FF}", -1),
      ("\u{8A}\u{2}\0\u{80}", -32768), ("\u{8A}\u{2}\u{FF}\0", 255), ("K\u{9}", 9),
      ("M\u{1}\u{2}", 513), ("J\u{FE}\u{FF}\u{FF}\u{FF}", -2),
    ])
  func integers(operations: String, value: Int) throws {
    #expect(try Self.read(operations + ".").root.integer == value)
  }

  @Test("a container that is stored first and filled later is one container")
  func sharing() throws {
    let pickle = try Self.read("}q\0(U\u{1}aK\u{7}uh\0\u{86}.")
    let pair = try #require(pickle.elements(ofTuple: pickle.root))
    #expect(pickle.value("a", in: pair[1])?.integer == 7)
  }

  @Test(
    "what a state dict does not need is refused with its place",
    arguments: [
      ("cos\nsystem\n(U\u{2}lstR.", "mentions 'os.system'"),
      ("cbuiltins\neval\n.", "mentions 'builtins.eval'"),
      ("ctorch\nload\n.", "mentions 'torch.load'"),
      ("ctorch._utils\n_rebuild_tensor_v2\n)\u{81}.", "an object of a kind"),
      ("ctorch\nFloatStorage\n)R.", "an object of a kind"),
      ("ctorch._utils\n_rebuild_parameter\nN\u{85}R.", "not made of a tensor"),
      ("\u{93}.", "the operation 147"), ("\u{95}.", "the operation 149"),
      ("P0\n.", "the operation 80"), ("ios\nsystem\n.", "the operation 105"),
      ("(oN.", "the operation 111"), ("\u{82}\u{1}.", "the operation 130"),
      ("I1\n.", "the operation 73"), ("\u{80}\u{2}N.", "its protocol twice"),
      ("NN.", "1 values left over"), ("(N.", "left over"), (".", "lacks its value"),
      ("(.", "lacks its value"), ("(q\0", "lacks its value"), ("N(\u{85}", "lacks its 1 values"),
      ("Nt.", "lacks its mark"), ("h\0.", "its value 0"),
      ("X\u{7F}\u{7F}\u{7F}\u{7F}a.", "only 2 follow"), ("N(e.", "follow no list"),
      ("}(Nu.", "are no pairs"), ("N}b.", "no dictionary"), ("NNR.", "would call None"),
      ("NQ.", "not that of a storage"), ("", "only 0 follow"),
      ("c" + String(repeating: "a", count: 300), "within 200"),
      (String(repeating: "(", count: 300), "nests deeper than 200"),
      (String(repeating: "N", count: 100_001) + ".", "more than 100000 values"),
    ])
  func refusals(operations: String, words: String) {
    let result = Self.result(operations)
    #expect(result.contains(words) && result.contains("byte "), "\(result)")
  }

  @Test("a pickle of another protocol is refused", arguments: [0, 1, 3, 4, 5, 255] as [UInt8])
  func protocols(version: UInt8) {
    var reader = ByteReader([0x80, version, 0x4E, 0x2E], 0..<4)
    let error = #expect(throws: WeightFileError.self) { try PickleMachine.read(&reader) }
    #expect(error?.description.contains("protocol 2") == true)
  }

  @Test("texts that are not UTF-8 are refused")
  func encoding() {
    #expect(Self.result("U\u{1}\u{FF}.") == "the text at byte 4 is not UTF-8")
  }

  @Test("a view within its storage is a tensor")
  func views() throws {
    let view = try #require(
      try Self.read(Self.tensor("K\u{1}K\u{1}K\u{3}\u{86}K\u{3}K\u{1}\u{86}")).tensors.first)
    #expect(view.shape == [1, 3] && view.strides == [3, 1] && view.offset == 1)
    #expect(view.isContiguous && Array(TensorView.Places(view)) == [1, 2, 3])
  }

  @Test("an extent of 1 may have any stride, and an empty tensor any view")
  func anyStride() throws {
    let huge = "\u{8A}\u{8}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{7F}"
    let one = try Self.read(Self.tensor("K\0K\u{1}K\u{2}\u{86}\(huge)K\u{2}\u{86}"))
    #expect(Array(TensorView.Places(try #require(one.tensors.first))) == [0, 2])
    let none = try Self.read(Self.tensor("K\u{9}K\0K\u{2}\u{86}\(huge)\(huge)\u{86}"))
    #expect(Array(TensorView.Places(try #require(none.tensors.first))) == [])
  }

  private static let large = "\u{8A}\u{8}\u{1}\0\0\0\0\0\0\u{7F}"

  @Test(
    "a view out of its storage, or larger than it, is refused",
    arguments: [
      ("K\u{2}K\u{3}\u{85}K\u{1}\u{85}", "reaches out"),
      ("K\0K\u{3}\u{85}K\u{2}\u{85}", "reaches out"),
      ("K\0K\u{5}\u{85}K\0\u{85}", "more elements than"),
      ("K\0\(large)\u{85}K\0\u{85}", "more elements than"),
      ("K\0\(large)\u{85}K\u{2}\u{85}", "reaches out"),
      ("K\0K\u{2}\u{85}\(large)\u{85}", "reaches out"),
      ("\(large)K\u{2}\u{85}\(large)\u{85}", "reaches out"),
      ("K\0\(large)K\u{4}\u{86}K\0K\0\u{86}", "more elements than"),
      ("K\0K\0\(large)\(large)\u{87}K\0K\0K\0\u{87}", "more elements than"),
      ("K\0K\u{1}\u{85})", "a tensor has"), ("J\u{FF}\u{FF}\u{FF}\u{FF}))", "a tensor has"),
      ("K\0NN", "not made of"), ("K\0N\u{85}N\u{85}", "not made of"),
      ("K\0(\(String(repeating: "K\u{1}", count: 65))t)", "at most 64"),
    ])
  func outside(view: String, words: String) {
    let result = Self.result(Self.tensor(view))
    #expect(result.contains(words) && result.contains("byte "), "\(result)")
  }

  @Test("one list cannot become dictionaries without end")
  func amplification() {
    let pairs = "](" + String(repeating: "U\u{1}aN\u{86}", count: 2000) + "e\u{85}q\0"
    let calls = String(repeating: "h\u{1}h\0R", count: 1000)
    let result = Self.result(pairs + "ccollections\nOrderedDict\nq\u{1}" + calls + ".")
    #expect(result.contains("more than 1048576 pairs"))
  }
}
