/// The order of texts by their UTF-8 bytes, which is that of their Unicode scalars.
///
/// What is digested or signed is put in this order. `<` compares normalised texts, and of two whose
/// accents are spelled differently it may call neither the lesser nor both the same (Swift 6.3:
/// `"e\u{301}"` and `"\u{e9}e"`); sorting by it then depends on the order before.
package enum ByteOrder {
  package static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
