import Testing

@testable import NeuralNetworks

@Suite("Augmentation")
struct AugmentationTests {
  /// How a picture was moved.
  private struct Move: Hashable {
    let down, right: Int
    let isMirrored: Bool

    static func upTo(_ greatest: Int) -> [Move] {
      (-greatest...greatest).flatMap { down in
        (-greatest...greatest).flatMap { right in
          [false, true].map { Move(down: down, right: right, isMirrored: $0) }
        }
      }
    }

    /// The plain form: every place asks where it comes from.
    func applied(to picture: [Float], _ shape: [Int]) -> [Float] {
      var result = [Float](repeating: 0, count: picture.count)
      for row in 0..<shape[0] {
        for column in 0..<shape[1] {
          let unmirrored = isMirrored ? shape[1] - 1 - column : column
          let (fromRow, fromColumn) = (row - down, unmirrored - right)
          guard (0..<shape[0]).contains(fromRow), (0..<shape[1]).contains(fromColumn) else {
            continue
          }
          for channel in 0..<shape[2] {
            result[(row * shape[1] + column) * shape[2] + channel] =
              picture[(fromRow * shape[1] + fromColumn) * shape[2] + channel]
          }
        }
      }
      return result
    }
  }

  private static let shape = [6, 5, 2]

  /// So many copies of one picture without equal pixels and without black.
  private static func copies(_ count: Int) -> Tensor {
    let picture = (1...60).map { Float($0) }
    return Tensor(shape: [count] + shape, values: (0..<count).flatMap { _ in picture })
  }

  private func moves(
    _ count: Int, greatestShift: Int = 2, seed: UInt64 = 1, epoch: Int = 0
  ) throws -> [Move] {
    let moved = Augmentation.shiftFlip(greatestShift: greatestShift).apply(
      to: Self.copies(count), seed: seed, epoch: epoch, start: 0)
    let known = Move.upTo(greatestShift).map {
      ($0, $0.applied(to: (1...60).map { Float($0) }, Self.shape))
    }
    return try (0..<count).map { index in
      let picture = Array(moved.values[index * 60..<(index + 1) * 60])
      return try #require(known.first { $0.1 == picture }?.0, "picture \(index)")
    }
  }

  @Test("every shift up to the greatest, mirrored and not, and nothing else; black at the edge")
  func everyMove() throws {
    #expect(Set(try moves(2_000)) == Set(Move.upTo(2)))
    #expect(Set(try moves(100, greatestShift: 0)) == Set(Move.upTo(0)))
    let mirrored = try moves(2_000).count { $0.isMirrored }
    #expect(900...1_100 ~= mirrored)
  }

  @Test("seed, epoch and position decide, and not how an epoch is cut")
  func draws() throws {
    let augmentation = Augmentation.shiftFlip(greatestShift: 2)
    let all = augmentation.apply(to: Self.copies(30), seed: 4, epoch: 3, start: 0)
    let parts = [(0, 7), (7, 1), (8, 22)].flatMap { start, count in
      augmentation.apply(to: Self.copies(count), seed: 4, epoch: 3, start: start).values
    }
    #expect(all.values == parts)
    let first = try moves(30)
    #expect(try moves(30, seed: 2) != first && moves(30, epoch: 1) != first)
    #expect(Set(first).count > 1)
  }

  @Test("none leaves pictures as they are")
  func none() {
    #expect(
      Augmentation.none.apply(to: Self.copies(3), seed: 1, epoch: 0, start: 0) == Self.copies(3))
  }

  @Test("training on moved pictures gives the same weights on 1, 2 and 4 threads, and others")
  func training() throws {
    func trained(_ augmentation: Augmentation, threads: Int) throws -> [NamedTensor] {
      var network = try probeNetwork(
        "resnet", inputShape: [8, 6, 3], hyperparameters: ["width": 2, "blocks": 1])
      let settings = TrainingSettings(
        epochs: 2, batchSize: 20, learningRate: 0.05, seed: 3, augmentation: augmentation)
      try train(
        &network, on: probeExamples(45, [8, 6, 3]), settings: settings, threads: threads)
      return network.tensors
    }
    let one = try trained(.shiftFlip(greatestShift: 1), threads: 1)
    for threads in [2, 4] {
      #expect(try trained(.shiftFlip(greatestShift: 1), threads: threads) == one)
    }
    #expect(try trained(.none, threads: 1) != one)
  }

  @Test("series, and shifts that leave nothing, are refused with what to do")
  func refused() throws {
    #expect {
      try Augmentation.shiftFlip(greatestShift: 2).check(inputShape: [1, 29, 12])
    } throws: { "\($0)".contains("height 1) cannot be shifted and mirrored like pictures; leave") }
    for shift in [-1, 5, 6] {
      #expect(throws: NetworkError.self) {
        try Augmentation.shiftFlip(greatestShift: shift).check(inputShape: Self.shape)
      }
    }
    try Augmentation.shiftFlip(greatestShift: 4).check(inputShape: Self.shape)
    try Augmentation.none.check(inputShape: [1, 29, 12])
  }
}
