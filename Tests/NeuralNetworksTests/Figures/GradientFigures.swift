import FoundationEssentials
import Testing

/// What PyTorch computes in double precision on a large network of `Noise`, read from a file.
///
/// Made by `Scripts/compare-pytorch --figures`. A line a tensor: mode, name, ‖v‖, Σ ±vᵢ with the signs
/// of series 2000 + line and of 3000 + line, and the first, the middle and the last entry.
struct GradientFigures: Sendable, CustomTestStringConvertible {
  let architecture: String
  let stem: Int
  let side: Int
  let imageCount: Int

  static let all = [
    GradientFigures(architecture: "resnet18", stem: 3, side: 32, imageCount: 8),
    GradientFigures(architecture: "resnet18", stem: 7, side: 64, imageCount: 8),
    GradientFigures(architecture: "resnet50", stem: 3, side: 32, imageCount: 4),
    GradientFigures(architecture: "resnet50", stem: 7, side: 64, imageCount: 8),
  ]

  struct Line {
    let mode: String
    let name: String
    let place: Int
    let numbers: [Double]
  }

  var testDescription: String { "\(architecture), first kernel \(stem)×\(stem)" }

  /// Every tensor of the file, in its order.
  func lines() throws -> [Line] {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Gradients/\(architecture)-stem\(stem).txt")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.enumerated()
      .map { place, line in
        let words = line.split(separator: " ").map(String.init)
        return Line(
          mode: words[0], name: words[1], place: place,
          numbers: words.dropFirst(2).compactMap { Double($0) })
      }
  }
}
