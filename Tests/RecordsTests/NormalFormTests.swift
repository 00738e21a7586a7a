import Records
import Testing

@Suite("Normal form C")
struct NormalFormTests {
  @Test(
    "composes what can be composed, and replaces what is another's double",
    arguments: [
      ("", ""), ("pid=1", "pid=1"), ("e\u{301}", "\u{E9}"), ("\u{212A}", "K"),
      ("\u{37E}", ";"), ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"), ("A\u{30A}", "\u{C5}"),
      ("\u{212B}", "\u{C5}"), ("s\u{307}\u{323}", "\u{1E69}"), ("\u{FB01}", "\u{FB01}"),
    ])
  func composed(text: String, form: String) {
    #expect(Array(text.normalFormC.utf8) == Array(form.utf8))
    #expect(Array(form.normalFormC.utf8) == Array(form.utf8))
  }

  @Test("texts are equal when their bytes in it are, and only then")
  func equality() {
    let texts = ["e\u{301}", "\u{E9}", "e", "K", "\u{212A}", "k", "\u{C5}", "\u{212B}", "A\u{30A}"]
    for one in texts {
      for other in texts {
        #expect((one == other) == Array(one.normalFormC.utf8).elementsEqual(other.normalFormC.utf8))
      }
    }
  }
}
