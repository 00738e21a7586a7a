import Foundation
import Records
import Testing

import enum Console.ExitStatus

@testable import Console
@testable import Operations

@Suite struct EvaluateTests {
  @Test("the options become the order of the verb")
  func order() throws {
    let plain = try command("evaluate --model v3 --dataset d", as: EvaluateCommand.self).order
    #expect(plain.version == "v3" && plain.dataset == "d" && plain.split == .test)
    #expect(plain.logitsPath == nil && plain.featuresPath == nil)
    let full = try command(
      "evaluate --model production --dataset d --split train --logits l --features f",
      as: EvaluateCommand.self
    ).order
    #expect(full.version == "production" && full.split == .training)
    #expect(full.logitsPath == "l" && full.featuresPath == "f")
    #expect(
      try usageError("evaluate --model v1 --dataset d --logits a --features a")
        == .conflict("--logits", "--features"))
    #expect(try usageError("evaluate --model v1 --dataset d --split validation") != nil)
  }

  @Test("accuracy has the exact interval, and none without records")
  func accuracy() {
    // scipy.stats.binomtest(8, 10).proportion_ci(0.95, "exact")
    let accuracy = Evaluation.Accuracy(correct: 8, of: 10)
    #expect(accuracy.accuracyPartsPerMillion == 800_000)
    #expect(accuracy.lowPartsPerMillion == 443_905 && accuracy.highPartsPerMillion == 974_789)
    let none = Evaluation.Accuracy(correct: 0, of: 0)
    #expect(none.accuracyPartsPerMillion == nil)
    #expect(none.lowPartsPerMillion == 0 && none.highPartsPerMillion == 1_000_000)
  }

  private func temporaryFolder() throws -> String {
    let folder = "\(NSTemporaryDirectory())/evaluate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  private func run(
    _ line: String, in folder: String
  ) -> (status: ExitStatus, output: String, errors: String) {
    let recording = Recording()
    let status = Console.run(
      words(line) + ["--registry", "\(folder)/Registry"], environment: [:], coreCount: 1,
      terminal: recording.terminal(), interrupt: Interrupt(), clock: { .zero })
    return (status, recording.output, recording.errors)
  }

  @Test("pictures are added, get a residual network with their own statistics, and are measured")
  func pictures() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Six images of 8×8 pixels, all 51 or all 153, and their labels.
    let pixels = (0..<6).flatMap { [UInt8](repeating: $0 % 2 == 0 ? 51 : 153, count: 64) }
    let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 8, 0, 0, 0, 8] + pixels
    let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 6, 0, 1, 0, 1, 0, 1]
    for split in ["train", "t10k"] {
      for (name, bytes) in [("images-idx3", images), ("labels-idx1", labels)] {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(split)-\(name)-ubyte"))
      }
    }
    let subjects = "record,pid\ntrain-0001,7\n"
    try Data(subjects.utf8).write(to: URL(fileURLWithPath: "\(folder)/who.csv"))
    #expect(run("init", in: folder).status == .done)
    let added = run(
      "dataset add p --format idx --directory '\(folder)' --subjects '\(folder)/who.csv'",
      in: folder)
    #expect(added.output.contains("12: 6 training, 6 test"))
    #expect(added.output.contains("selector pid=    7"))
    #expect(run("train --dataset p --epochs 1", in: folder).status == .done)
    #expect(run("export v1 --to '\(folder)/out'", in: folder).status == .done)
    let text = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/config.json"))
    let config = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    #expect((config["architecture"] as? String)?.hasPrefix("resnet") == true)
    let preprocessing = try #require(config["preprocessing"] as? [String: Any])
    let mean = try #require((preprocessing["mean"] as? [Double])?.first)
    let deviation = try #require((preprocessing["standardDeviation"] as? [Double])?.first)
    #expect(abs(mean - 0.4) < 1e-6 && abs(deviation - 0.2) < 1e-6)
    #expect(run("evaluate --model v1 --dataset p", in: folder).output.contains(" of 6\n"))

    // Records of another shape end the work, and leave no file behind.
    #expect(run("dataset add japanese-vowels", in: folder).status == .done)
    let other = run(
      "evaluate --model v1 --dataset japanese-vowels --logits '\(folder)/l'", in: folder)
    #expect(other.status == .failed && other.errors.contains("[1, 29, 12]"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!left.contains { $0.hasPrefix("l") })
  }

  @Test("a trained version is measured, class by class, and its outputs are written")
  func whole() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func run(_ line: String) -> (status: ExitStatus, output: String, errors: String) {
      self.run(line, in: folder)
    }
    #expect(run("init").status == .done)
    #expect(run("dataset add japanese-vowels").status == .done)
    #expect(run("train --dataset japanese-vowels --epochs 1 --fraction 1/10").status == .done)
    let line = "evaluate --model v1 --dataset japanese-vowels"
    let text = run("\(line) --logits '\(folder)/l' --features '\(folder)/f'")
    #expect(text.status == .done && text.errors.isEmpty)
    #expect(text.output.contains("of 370\n") && text.output.contains("none of these records"))
    #expect(text.output.contains("speaker-9"))
    #expect(run("\(line) --split train").output.contains("of these records\n"))

    let json = try JSONSerialization.jsonObject(with: Data(run("\(line) --json").output.utf8))
    let record = try #require(json as? [String: Any])
    let classes = try #require(record["classes"] as? [[String: Any]])
    let counts = classes.compactMap { ($0["accuracy"] as? [String: Any])?["recordCount"] as? Int }
    #expect(counts == [31, 35, 88, 44, 29, 24, 40, 50, 29])
    let correct = classes.compactMap { ($0["accuracy"] as? [String: Any])?["correct"] as? Int }
    let all = try #require(record["accuracy"] as? [String: Any])
    #expect(all["correct"] as? Int == correct.reduce(0, +) && all["recordCount"] as? Int == 370)
    #expect(record["trainedOnCount"] as? Int == 0)

    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/l")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let logits = try Output("\(folder)/l", "logits")
    #expect(logits.shape == [370, 9] && logits.labels.count == 370)
    #expect(try Output("\(folder)/f", "features").shape[0] == 370)
    // The file's own answer is the one that was printed.
    let right = logits.labels.indices.count { row in
      let scores = logits.values[row * 9..<row * 9 + 9]
      return scores.firstIndex(of: scores.max() ?? 0) == row * 9 + logits.labels[row]
    }
    #expect(right == all["correct"] as? Int)

    #expect(run("\(line) --logits '\(folder)/none/l'").status == .failed)
    #expect(run("evaluate --model v1 --dataset none").status == .failed)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["Registry", "f", "l"])
  }

  /// A file of one table and its labels, read byte by byte.
  private struct Output {
    let shape: [Int]
    let labels: [Int]
    let values: [Float]

    init(_ path: String, _ name: String) throws {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      func word(_ offset: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
      }
      let start = 8 + word(0, 8)
      let header = try #require(
        try JSONSerialization.jsonObject(with: Data(bytes[8..<start])) as? [String: Any])
      let table = try #require(header[name] as? [String: Any])
      let shape = try #require(table["shape"] as? [Int])
      #expect(table["dtype"] as? String == "F32")
      #expect((header["__metadata__"] as? [String: String])?["split"] == "test")
      self.shape = shape
      labels = (0..<shape[0]).map { word(start + 8 * $0, 8) }
      let offset = start + 8 * shape[0]
      values = (0..<shape[0] * shape[1]).map {
        Float(bitPattern: UInt32(word(offset + 4 * $0, 4)))
      }
      #expect(bytes.count == offset + 4 * values.count)
    }
  }
}
