import Foundation
import Records
import Registry
import Testing

@testable import Operations

@Suite("What is derived from records")
struct DerivedTests {
  private struct Stop: Error {}

  /// A registry with the features of both splits, and a training that was broken off.
  private func place() throws -> Place {
    let place = try Made.trained()
    for split in Split.allCases {
      var order = EvaluateOrder(version: "v1", dataset: "people")
      order.split = split
      _ = try place.work.evaluate(order)
    }
    var order = TrainOrder(dataset: "people")
    order.architecture = "mlp"
    order.constants = ["epochCount": 6, "batchSize": 8]
    let work = place.watched {
      if $0.activity == "training", $0.done >= 9 { throw Stop() }
    }
    #expect(throws: Stop.self) { try work.train(order) }
    return place
  }

  @Test("is listed with its records and sizes, and changes nothing")
  func list() throws {
    let place = try place()
    let files = try place.files()
    let items = try place.derived()
    #expect(items.map(\.kind) == [.features, .features, .training])
    #expect(items.map(\.records) == [24, 15, 18])
    #expect(items.allSatisfy { $0.datasets == ["people"] && ($0.byteCount ?? 0) > 0 })
    #expect(items.map { $0.keptAt != nil } == [true, true, false])
    #expect(Set(items.map(\.key)).count == 2 && items[0].key == items[1].key)
    #expect(try place.files() == files)
  }

  @Test("goes when it is discarded, one by one or all of it, and the audit agrees")
  func discard() throws {
    let place = try place()
    let items = try place.derived()
    let first = try #require(items.first)
    #expect(try place.work.discardDerived(String(first.digest.hex.prefix(8))) == [first])
    #expect(try place.derived() == Array(items.dropFirst()))
    #expect(place.audit() == (true, ""))
    #expect(try place.work.discardDerived(nil) == Array(items.dropFirst()))
    #expect(try place.derived() == [])
    let left = try place.files().filter {
      $0.hasPrefix("Registry/work/features/") || $0.hasPrefix("Registry/work/training/")
    }
    #expect(left == [])
    #expect(place.audit() == (true, ""))
    #expect(try place.work.discardDerived(nil) == [])

    // What is made again has the same bytes, and nothing in the log is against it.
    _ = try place.work.evaluate(EvaluateOrder(version: "v1", dataset: "people"))
    #expect(try place.derived().count == 1)
    #expect(place.audit() == (true, ""))
  }

  @Test("goes key by key: all features of an extractor, and nothing else")
  func key() throws {
    let place = try place()
    let items = try place.derived()
    let key = try #require(items.first?.key)
    #expect(
      try place.work.discardDerived(String(key.hex.prefix(12))) == Array(items.prefix(2)))
    #expect(try place.derived() == Array(items.suffix(1)))
  }

  @Test("what is discarded is gone, though it be a folder with folders in it")
  func folder() throws {
    let place = try Made.trained()
    let name = String(repeating: "ab", count: 32)
    try FileManager.default.createDirectory(
      atPath: place.path("Registry/work/training/\(name)/deep/deeper"),
      withIntermediateDirectories: true)
    #expect(try place.work.discardDerived(nil).map(\.digest.hex) == [name])
    #expect(try place.derived() == [])
    #expect(place.audit() == (true, ""))
  }

  @Test("a name of nothing is an error, and nothing goes")
  func unknown() throws {
    let place = try place()
    let items = try place.derived()
    #expect(throws: Failure.self) { try place.work.discardDerived("0123456789abcdef") }
    #expect(try place.derived() == items)
  }

  @Test("a training that does not verify is listed for what it is and can be discarded")
  func corrupted() throws {
    let place = try place()
    let file = try #require(try place.files().first { $0.hasPrefix("Registry/work/training/") })
    try place.write(file, Array(try place.read(file).dropLast()))
    let training = try #require(try place.derived().last)
    #expect(training.kind == .training && training.datasets == nil && training.records == nil)
    #expect(try place.work.discardDerived(training.digest.description) == [training])
    #expect(try place.derived().count == 2)
  }
}
