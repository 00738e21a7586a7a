import Testing

@testable import NeuralNetworks

@Suite("Products of features")
struct FeatureProductsTests {
  private struct Case: Sendable, CustomStringConvertible {
    let records, dimension, columns: Int
    var description: String { "\(records)×\(dimension) features, \(columns) columns" }
  }

  // Around the widths of vectors, tiles, panels and blocks.
  private static let cases = [
    Case(records: 1, dimension: 1, columns: 1), Case(records: 5, dimension: 7, columns: 3),
    Case(records: 63, dimension: 33, columns: 8), Case(records: 65, dimension: 300, columns: 10),
    Case(records: 700, dimension: 13, columns: 33), Case(records: 130, dimension: 6, columns: 17),
  ]

  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.uniform() - 0.5 }
  }

  private func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  @Test("are those of plain loops, on any number of threads with the same bits", arguments: cases)
  private func plain(_ extents: Case) {
    let (n, d, c) = (extents.records, extents.dimension, extents.columns)
    let z = numbers(n * d, seed: 1)
    let w = numbers(d * c, seed: 2)
    let r = numbers(n * c, seed: 3)
    var scores = [Double](repeating: 0, count: n * c)
    var sums = [Double](repeating: 0, count: d * c)
    var through = sums
    for i in 0..<n {
      for k in 0..<c {
        for j in 0..<d {
          scores[i * c + k] += z[i * d + j] * w[j * c + k]
          sums[j * c + k] += z[i * d + j] * r[i * c + k]
        }
        // f subtracts from every score the record's own number.
        for j in 0..<d {
          through[j * c + k] += z[i * d + j] * (scores[i * c + k] - Double(i))
        }
      }
    }
    let found = [1, 2, 3].map { threads in
      let products = FeatureProducts(z, count: n, dimension: d, threads: threads)
      return [
        products.scores(w, columns: c), products.sums(r, columns: c),
        products.sums(through: w, columns: c) { records, scores in
          for index in scores.indices { scores[index] -= Double(records.lowerBound + index / c) }
        },
      ]
    }
    #expect(found[0] == found[1] && found[0] == found[2])
    #expect(isNear(found[0][0], scores))
    #expect(isNear(found[0][1], sums))
    // The numbers go up to 700, so the sums lose as many digits.
    #expect(zip(found[0][2], through).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}
