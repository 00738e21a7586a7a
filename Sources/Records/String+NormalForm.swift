// The standard library compares texts by this form and does not hand it out otherwise; Foundation does,
// and would take longer to load than most commands run.
@_spi(_Unicode) import Swift

extension String {
  /// The text in normal form C (Unicode Standard Annex 15): texts that are equal have equal bytes in it.
  package var normalFormC: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: _nfc)
    return String(text)
  }
}
