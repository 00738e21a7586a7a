import Testing
import Unlearning

@Suite("Record weights")
struct RecordWeightsTests {
  @Test(
    "the quantile is numpy.quantile's, bit by bit",
    arguments: [
      ([3, 1, 2], 0.93, 2.8600000000000003),
      ([0.1, 0.7, 0.2, 0.9, 0.35], 0.93, 0.8440000000000001),
      ([5], 0.93, 5), ((1...30).map { Double($0).squareRoot() }, 0.93, 5.288642116146505),
      ([1, 2, 4, 8], 0.5, 3), ([1, 2, 4, 8], 1, 8), ([1, 2, 4, 8], 0, 1),
    ] as [([Double], Double, Double)])
  func quantile(values: [Double], q: Double, expected: Double) {
    #expect(RecordWeights.quantile(q, of: values) == expected)
  }

  @Test("weights are the clipped roots of |I|")
  func weights() {
    let weights = RecordWeights.weights(
      of: Reference.influence, selection: .all, topRatio: 1, clipQuantile: 0.93)
    #expect(relativeDifference(weights, Reference.weights) < 1e-15)
  }

  @Test("negative selection takes no record that hinders")
  func negative() {
    let weights = RecordWeights.weights(
      of: [-4, 1, -9, 0, 25], selection: .negative, topRatio: 1, clipQuantile: 1)
    #expect(weights == [2, 0, 3, 0, 0])
  }

  @Test("the top ratio takes the largest, rounded down, but one at least")
  func topRatio() {
    let influence = [-1.0, 4, -9, 16, -25]
    func taken(_ ratio: Double) -> [Int] {
      let weights = RecordWeights.weights(
        of: influence, selection: .all, topRatio: ratio, clipQuantile: 1)
      return weights.indices.filter { weights[$0] > 0 }
    }
    #expect(taken(1) == [0, 1, 2, 3, 4])
    #expect(taken(0.59) == [3, 4])
    #expect(taken(0.01) == [4])
  }

  @Test("where nothing is selected every weight is zero")
  func nothing() {
    let weights = RecordWeights.weights(
      of: [1, 2], selection: .negative, topRatio: 1, clipQuantile: 0.93)
    #expect(weights == [0, 0])
  }
}
