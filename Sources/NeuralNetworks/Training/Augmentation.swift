/// What is done to the pictures of a training batch before the network sees them.
package enum Augmentation: Hashable, Sendable {
  case none
  /// Every picture is shifted by up to so many pixels up or down and left or right, each shift as
  /// likely, and mirrored left to right every second time.
  ///
  /// What comes in from beyond the edge is 0 before preprocessing, black, as with PyTorch's
  /// `RandomCrop(size, padding)` and `RandomHorizontalFlip` before its `Normalize`.
  case shiftFlip(greatestShift: Int)

  /// - Throws: `NetworkError.invalidSettings` for a shift that leaves nothing of the picture, and for
  ///   series, whose frames have no other order and no other channels.
  func check(inputShape: [Int]) throws(NetworkError) {
    guard case .shiftFlip(let greatest) = self else { return }
    guard inputShape[0] > 1 else {
      throw .invalidSettings(
        "series (inputs of shape \(inputShape), height 1) cannot be shifted and mirrored like "
          + "pictures; leave augmentation at 'none'")
    }
    guard (0..<min(inputShape[0], inputShape[1])).contains(greatest) else {
      throw .invalidSettings(
        "shifts of up to \(greatest) pixels in pictures of \(inputShape[0]) × \(inputShape[1]); "
          + "take fewer")
    }
  }

  /// The pictures `[n, h, w, channels]` as the network is to see them, the first of them at the
  /// position `start` of the epoch.
  ///
  /// What happens to a picture is drawn from the seed, the epoch and its position in the epoch alone,
  /// so that it depends neither on how the epoch is cut into batches nor on threads.
  func apply(to inputs: Tensor, seed: UInt64, epoch: Int, start: Int) -> Tensor {
    guard case .shiftFlip(let greatest) = self else { return inputs }
    // The streams below 2⁶³ are those of the epochs' orders.
    var key = SeededGenerator(seed: seed, stream: 1 << 63 | UInt64(epoch))
    let epochSeed = key.next()
    var result = Tensor(zeros: inputs.shape)
    var values = result.values
    for picture in 0..<inputs.shape[0] {
      var draws = SeededGenerator(seed: epochSeed, stream: UInt64(start + picture))
      let move = PictureMove(
        down: draws.index(below: 2 * greatest + 1) - greatest,
        right: draws.index(below: 2 * greatest + 1) - greatest, mirrors: draws.next() >> 63 == 1)
      move.copy(picture, of: inputs, to: &values)
    }
    result.values = values
    return result
  }
}

/// A shift by whole pixels, and a mirroring after it.
private struct PictureMove {
  let down: Int
  let right: Int
  let mirrors: Bool

  /// Writes a moved picture of `inputs` at its place among zeros.
  func copy(_ picture: Int, of inputs: Tensor, to values: inout [Float]) {
    let (height, width, channels) = (inputs.shape[1], inputs.shape[2], inputs.shape[3])
    let start = picture * height * width * channels
    let source = inputs.values.span
    var target = values.mutableSpan
    for row in max(0, down)..<min(height, height + down) {
      for column in max(0, right)..<min(width, width + right) {
        let seen = mirrors ? width - 1 - column : column
        let from = start + ((row - down) * width + column - right) * channels
        let to = start + (row * width + seen) * channels
        for channel in 0..<channels { target[to + channel] = source[from + channel] }
      }
    }
  }
}
