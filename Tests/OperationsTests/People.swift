import Foundation
import Records

/// Small recordings of made-up people, written as `.ts` files once for the whole run.
///
/// A person is a class, as in Japanese Vowels. Person 5 is in the test split only. `second` has
/// other recordings of person 1 alone, and `wide` recordings of another shape.
enum People {
  static let folder: String = {
    let path = "\(Place.parent)/imu-people-\(UUID().uuidString)"
    let texts = [
      ("train.ts", text(1...4, recordings: 6, classes: 1...5, seed: 1)),
      ("test.ts", text(1...5, recordings: 3, classes: 1...5, seed: 2)),
      ("second.ts", text(1...1, recordings: 4, classes: 1...5, seed: 3)),
      ("wide.ts", text(1...2, recordings: 2, classes: 1...5, frames: 7, seed: 4)),
    ]
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in texts { try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)")) }
    } catch {
      return "/nowhere"
    }
    // The places that many tests share lie in it, too, and nothing else would remove them.
    atexit { try? FileManager.default.removeItem(atPath: People.folder) }
    return path
  }()

  static func files(_ names: String...) -> [String] { names.map { "\(folder)/\($0)" } }

  private static func text(
    _ people: ClosedRange<Int>, recordings: Int, classes: ClosedRange<Int>, frames: Int = 4,
    seed: UInt64
  ) -> String {
    var state = seed
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) - 0.5
    }
    var text = "@dimensions 2\n@classLabel true "
    text += classes.map { "\($0)" }.joined(separator: " ") + "\n@data\n"
    for person in people {
      for _ in 0..<recordings {
        for channel in 0..<2 {
          let values = (0..<frames).map { frame in
            sin(Double(person * (frame + 1 + 3 * channel))) + 0.6 * noise()
          }
          text += values.map { "\((1000 * $0).rounded() / 1000)" }.joined(separator: ",") + ":"
        }
        text += "\(person)\n"
      }
    }
    return text
  }
}
