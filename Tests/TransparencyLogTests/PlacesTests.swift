import Foundation
import Signing
import Testing
import TransparencyLog

@Suite("Finding events in the tail")
struct PlacesTests {
  @Test("an event is found by its index, whatever lies between", arguments: [1, 7, 300])
  func found(batch: Int) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/places-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let key = try PrivateKey.generate(.ed25519)
    let events = (0..<2_100).map { Array(String(repeating: "\($0)-", count: 1 + $0 % 90).utf8) }
    var (end, count) = (0, 0)
    while count < events.count {
      let next = Array(events[count..<min(count + batch, events.count)])
      count += next.count
      let note = try Checkpoint(
        origin: "log.example", size: count, head: MerkleTree.leafHash(next[0])
      ).signed(by: key)
      let writer = try TailWriter(openingAt: folder + "/tail", creating: end == 0)
      end = try writer.append(next, after: end, checkpoint: note, state: nil)
    }
    let reader = try TailReader(openingAt: folder + "/tail")
    for index in Array(stride(from: 0, to: events.count, by: 97)) + [events.count - 1] {
      #expect(try reader.events(index..<index + 1, of: count, upTo: end) == [events[index]])
    }
    #expect(try reader.events(0..<0, of: count, upTo: end).isEmpty)
    let several = 1_000..<1_400
    #expect(try reader.events(several, of: count, upTo: end) == Array(events[several]))
  }
}
