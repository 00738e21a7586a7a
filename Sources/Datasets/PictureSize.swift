/// The one size that all pictures of a folder are brought to, written `32x32`.
package struct PictureSize: Hashable, Sendable, CustomStringConvertible {
  package let width: Int
  package let height: Int

  /// Reads `WxH`; nil for anything else, and for sides that are not 1 to 4096.
  package init?(_ text: String) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]),
      "\(width)x\(height)" == text, (1...4096).contains(width), (1...4096).contains(height)
    else { return nil }
    self.width = width
    self.height = height
  }

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  package var description: String { "\(width)x\(height)" }
}

extension Picture {
  /// The picture in another size: its middle part of the wanted proportions, scaled.
  ///
  /// Each output pixel is a mean of input pixels under a triangle as wide as one output pixel on
  /// either side, or one input pixel when enlarging (bilinear; Pillow's BILINEAR). Rows then
  /// columns, in Double, rounded once at the end.
  func resized(to size: PictureSize) -> Picture {
    if size.width == width, size.height == height { return self }
    let scale = min(Double(width) / Double(size.width), Double(height) / Double(size.height))
    let across = Self.taps(count: size.width, scale: scale, extent: width)
    let down = Self.taps(count: size.height, scale: scale, extent: height)
    var rows = [Double](repeating: 0, count: height * size.width * channels)
    for row in 0..<height {
      for (column, tap) in across.enumerated() {
        for (step, weight) in tap.weights.enumerated() {
          let source = (row * width + tap.first + step) * channels
          let target = (row * size.width + column) * channels
          for channel in 0..<channels {
            rows[target + channel] += weight * Double(pixels[source + channel])
          }
        }
      }
    }
    var scaled: [UInt8] = []
    let length = size.width * channels
    for tap in down {
      for place in 0..<length {
        let sum = tap.weights.indices.reduce(0.0) {
          $0 + tap.weights[$1] * rows[(tap.first + $1) * length + place]
        }
        scaled.append(UInt8(min(255, max(0, sum.rounded()))))
      }
    }
    return Picture(width: size.width, height: size.height, channels: channels, pixels: scaled)
  }

  /// Input pixels and their weights, which sum to one.
  private struct Tap {
    let first: Int
    let weights: [Double]
  }

  /// The taps of `count` outputs over the middle `count · scale` of `extent` inputs.
  private static func taps(count: Int, scale: Double, extent: Int) -> [Tap] {
    let support = max(1, scale)
    let start = (Double(extent) - Double(count) * scale) / 2
    return (0..<count).map { output in
      let centre = start + (Double(output) + 0.5) * scale
      let first = max(0, Int((centre - support + 0.5).rounded(.down)))
      let end = min(extent, max(first + 1, Int((centre + support + 0.5).rounded(.down))))
      let weights = (first..<end).map {
        max(0, 1 - abs(Double($0) + 0.5 - centre) / support)
      }
      let sum = weights.reduce(0, +)
      return sum > 0
        ? Tap(first: first, weights: weights.map { $0 / sum })
        : Tap(first: first, weights: [1] + weights.dropFirst().map { _ in 0 })
    }
  }
}
