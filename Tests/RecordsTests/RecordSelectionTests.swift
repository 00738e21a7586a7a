import Records
import Testing

@Suite struct RecordSelectionTests {
  @Test("Positions in any order become sorted ranges")
  func ranges() {
    let selection = RecordSelection([5, 3, 4, 9, 3, 0])
    #expect(selection.ranges == [0..<1, 3..<6, 9..<10])
    #expect(selection.text == "0,3-5,9")
    #expect(selection.indices == [0, 3, 4, 5, 9])
    #expect(selection.count == 5)
    #expect(selection.upperBound == 10)
    #expect(RecordSelection([]).text.isEmpty)
    #expect(RecordSelection([]).upperBound == 0)
  }

  @Test(
    "Only the canonical text is read",
    arguments: [
      ",", "0,", ",0", "1-1", "2-1", "-1", "1-", "1-2-3", "01", "+1", "1, 2", "1,2", "1-2,3", "3,1",
      "1,1", "0-4,3-6", "a", "1099511627776", "0-1099511627776", "99999999999999999999", "--",
      "1--2",
    ])
  func refused(text: String) {
    #expect(RecordSelection(text: text) == nil)
  }

  @Test("Many small ranges become a bitmap, and are read back")
  func bitmap() throws {
    let alternate = RecordSelection(stride(from: 0, to: 10_000, by: 2))
    #expect(alternate.text.utf8.count == 2_501)
    #expect(alternate.text.hasPrefix("xaaaa"))
    #expect(RecordSelection(text: alternate.text) == alternate)
    let few = RecordSelection([1, 5, 9])
    #expect(few.text == "1,5,9")
    // Few far apart are shorter as ranges.
    let far = RecordSelection((0..<50).map { $0 * 1_000_003 })
    #expect(far.text.first == "0")
    #expect(RecordSelection(text: far.text) == far)
  }

  @Test("Only one of the two texts is read")
  func oneText() {
    let alternate = RecordSelection(stride(from: 0, to: 1_000, by: 2))
    let ranges = alternate.ranges.map { "\($0.lowerBound)" }.joined(separator: ",")
    #expect(RecordSelection(text: ranges) == nil)
    #expect(RecordSelection(text: alternate.text + "00") == nil)
    #expect(RecordSelection(text: alternate.text.uppercased()) == nil)
    for text in ["x", "x8", "x80", "x00", "xzz"] {
      #expect(RecordSelection(text: text) == nil, "\(text)")
    }
  }

  @Test("The laws of sets hold, and every result is canonical")
  func laws() throws {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<500 {
      let size = Int.random(in: 1...40, using: &generator)
      let (a, b, c) = (set(size, &generator), set(size, &generator), set(size, &generator))
      let (x, y, z) = (RecordSelection(a), RecordSelection(b), RecordSelection(c))
      #expect(x.indices == a.sorted())
      #expect(x.count == a.count && x.isEmpty == a.isEmpty)
      #expect(x.union(y) == RecordSelection(a.union(b)))
      #expect(x.intersection(y) == RecordSelection(a.intersection(b)))
      #expect(x.subtracting(y) == RecordSelection(a.subtracting(b)))
      #expect(x.isSubset(of: y) == a.isSubset(of: b))
      #expect(x.union(y) == y.union(x))
      #expect(x.intersection(y.union(z)) == x.intersection(y).union(x.intersection(z)))
      #expect(x.subtracting(y).union(x.intersection(y)) == x)
      #expect(RecordSelection(text: x.text) == x)
      #expect(RecordSelection(text: x.subtracting(y).union(z).text) != nil)
    }
  }

  private func set(_ size: Int, _ generator: inout SeededGenerator) -> Set<Int> {
    let density = Int.random(in: 0...10, using: &generator)
    return Set((0..<size).filter { _ in Int.random(in: 0..<10, using: &generator) < density })
  }

  @Test("Ranges of a trillion positions cost nothing until they are listed")
  func large() throws {
    let all = try #require(RecordSelection(text: "0-1099511627774"))
    let few = RecordSelection([5, 6, 7, 1 << 39])
    #expect(all.count == 1_099_511_627_775)
    #expect(all.intersection(few) == few)
    #expect(all.union(few) == all)
    #expect(few.isSubset(of: all))
    #expect(!all.isSubset(of: few))
    #expect(all.subtracting(few).text == "0-4,8-549755813887,549755813889-1099511627774")
  }
}
