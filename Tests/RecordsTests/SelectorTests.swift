import Records
import Testing

@Suite struct SelectorTests {
  @Test("a value that cannot be read is refused with how it is written")
  func unescaped() {
    for text in ["pid=a|b", "pid=a=b", "pid=%zz", "pid="] {
      let error = #expect(throws: SelectorError.self) { try Selector(text) }
      #expect(error?.reason.contains("%25 %2C %2B %3D %7C") == true, "\(text)")
    }
    #expect((try? Selector("pid=a%2Bb"))?.canonicalText == "pid=a%2bb")
  }

  @Test(
    "A selector has one text, however it was written",
    arguments: [
      ("pid=1", "pid=1"), ("pid=2+1+2", "pid=1+2"), ("user=b,class=3", "class=3,user=b"),
      ("record=@ids.txt", "record=@ids.txt"), ("user=a%2Cb", "user=a%2cb"),
      ("user=%61", "user=a"), ("user=%25%2b%3d%7C%00", "user=%25%2b%3d%7c%00"),
      ("user=Zoë Ä", "user=Zoë Ä"), ("a-b_C9=x", "a-b_C9=x"),
      ("user=b+%CC%81a", "user=b+\u{301}a"), ("user=\u{301},class=3", "class=3,user=\u{301}"),
    ])
  func canonical(text: String, canonical: String) throws {
    let selector = try Selector(text)
    #expect(selector.canonicalText == canonical)
    #expect(try Selector(canonical) == selector)
    #expect(try Selector(canonicalText: canonical) == selector)
  }

  @Test(
    "What is no selector is refused with its reason",
    arguments: [
      ("", "'' is not key=value, as in pid=1"), ("pid", "'pid' is not key=value, as in pid=1"),
      ("pid=1,", "'' is not key=value, as in pid=1"),
      ("=1", "'' is no key: use letters, digits, '-', '_'"),
      ("p d=1", "'p d' is no key: use letters, digits, '-', '_'"),
      ("pïd=1", "'pïd' is no key: use letters, digits, '-', '_'"),
      ("pid=", "'pid=' has no value that can be read"),
      ("pid=1+", "'pid=1+' has no value that can be read"),
      ("pid=1=2", "'pid=1=2' has no value that can be read"),
      ("pid=1|pid=2", "'pid=1|pid=2' has no value that can be read"),
      ("pid=%", "'pid=%' has no value that can be read"),
      ("pid=%4", "'pid=%4' has no value that can be read"),
      ("pid=%zz", "'pid=%zz' has no value that can be read"),
      ("pid=%ff", "'pid=%ff' has no value that can be read"),
      ("pid=\n", "'pid=\n' has no value that can be read"),
      ("pid=1,pid=2", "'pid' is given twice; join alternatives as pid=a+b"),
    ])
  func refused(text: String, reason: String) {
    let advice = reason.hasSuffix("that can be read") ? "; \(Selector.escapes)" : ""
    #expect(throws: SelectorError(text: text, reason: reason + advice)) { try Selector(text) }
  }

  @Test("Any values survive the text, whatever they contain")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 31)
    let characters = Array("abe1%,+=|@é😀 \n\0\u{7F}\"\\/".unicodeScalars) + ["\u{301}", "\u{300}"]
    for _ in 0..<300 {
      let ids = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<Int.random(in: 1...6, using: &generator)).reduce(into: "") { text, _ in
          let place = Int.random(in: characters.indices, using: &generator)
          text.unicodeScalars.append(characters[place])
        }
      }
      let selector = Selector(records: ids)
      #expect(selector.alternatives.first?.first?.values == Set(ids).sorted(by: ByteOrder.precedes))
      #expect(try Selector(selector.canonicalText) == selector)
      let bytes = CanonicalText.encode([selector])
      let read = try CanonicalText.decode([Selector].self, from: bytes, what: "x")
      #expect(read == [selector])
    }
  }

  @Test("Values whose accents are spelled in two ways have one order")
  func accents() throws {
    // Swift's own `<` calls neither of the first two the lesser.
    let values = ["nce\u{E9}e", "ncee\u{301}", "z", "a"]
    let selector = try Selector("pid=" + values.joined(separator: "+"))
    let reversed = try Selector("pid=" + values.reversed().joined(separator: "+"))
    #expect(Array(selector.canonicalText.utf8) == Array(reversed.canonicalText.utf8))
    #expect(selector == reversed)
  }

  @Test("A union has one text, whatever the order and repetitions")
  func union() throws {
    let a = try Selector("pid=2")
    let b = try Selector("class=3,pid=1")
    let union = Selector(union: [a, b, a])
    #expect(union.canonicalText == "class=3,pid=1|pid=2")
    #expect(Selector(union: [b, a]) == union)
    #expect(Selector(union: [union, b]) == union)
    #expect(try Selector(canonicalText: union.canonicalText) == union)
  }

  @Test("A selector longer than a megabyte can be read back")
  func many() throws {
    let selector = Selector(
      records: (0..<1100).map { String(repeating: "x", count: 1000) + "\($0)" })
    #expect(selector.canonicalText.utf8.count > 1_000_000)
    #expect(try Selector(canonicalText: selector.canonicalText) == selector)
  }

  @Test("A text without bounds is refused, and the message is short")
  func long() {
    let text = "pid=" + String(repeating: "1", count: Selector.sizeLimit)
    let error = #expect(throws: SelectorError.self) { try Selector(text) }
    #expect((error?.description.count ?? 0) < 120)
  }

  @Test("Mutated selectors are read or refused, and what is read has a text that can be read")
  func mutations() throws {
    var generator = SeededGenerator(seed: 32)
    let text = Array("pid=1+2%2c,user=é+e\u{301}+%25,record=@x|class=3".utf8)
    var accepted = 0
    for _ in 0..<5000 {
      let bytes = mutated(mutated(text, with: &generator), with: &generator)
      let mutant = String(decoding: bytes, as: UTF8.self)
      guard let selector = try? Selector(canonicalText: mutant) else { continue }
      accepted += 1
      #expect(try Selector(canonicalText: selector.canonicalText) == selector)
    }
    #expect(accepted > 100)
  }
}
