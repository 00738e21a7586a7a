/// Every text with one byte changed (two ways), or cut off at every fifth place.
func mutations(of text: [UInt8]) -> [[UInt8]] {
  text.indices.flatMap { index in
    [UInt8(1), 0x20].map { bits in
      var changed = text
      changed[index] ^= bits
      return changed
    } + (index % 5 == 0 ? [Array(text.prefix(index))] : [])
  }
}
