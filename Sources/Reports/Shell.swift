/// Words of the shell.
package enum Shell {
  /// A word as the shell reads it back unchanged; quoted only where it must be.
  package static func quoted(_ word: String) -> String {
    let isOption = word.utf8.first == UInt8(ascii: "-")
    let isPlain = !word.isEmpty && !isOption && word.utf8.allSatisfy(isPlainByte)
    if isPlain { return word }
    var text = "'"
    for character in word.unicodeScalars {
      if character == "'" { text += #"'\''"# } else { text.unicodeScalars.append(character) }
    }
    // A leading dash would be read as an option.
    return (isOption ? "./" : "") + text + "'"
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-_./@:+=,".utf8.contains(byte)
    }
  }
}
