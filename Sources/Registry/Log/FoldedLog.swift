import Records
import Signing
import TransparencyLog

/// The log as far as it was read: the state that follows from it, and the tree it was checked with.
struct FoldedLog {
  private(set) var state = RegistryState()
  private(set) var tree = MerkleAccumulator()
  private(set) var first = FirstLeafPath()
  /// Where the events read so far end in the tail, in bytes.
  private(set) var end = 0
  /// The newest kept state, and where its event lies.
  private(set) var kept: StatePlace?
  /// The newest checkpoint, as it was signed.
  private(set) var note: [UInt8] = []

  /// What was made of an event: nil when it was taken, or why it changes nothing.
  struct Taken {
    let index: Int
    let event: Event?
    let flaw: String?
  }

  /// Takes the next event of the tail, whatever it is.
  @discardableResult
  mutating func take(_ bytes: [UInt8], at offset: Int) -> Taken {
    take(ReadEvent(bytes, trusting: state.keys), at: offset)
  }

  /// Takes the next event of the tail, whatever it is.
  @discardableResult
  mutating func take(_ read: ReadEvent, at offset: Int) -> Taken {
    let index = state.size
    let base = tree.root
    grow(read.leaf)
    do throws(EventError) {
      return take(read, try read.envelope.get().event, on: base, index, offset)
    } catch .newerSchema(let schema)
      where EventEnvelope.isSignedByRole(read.bytes, trusting: state.keys)
    {
      state.meetNewer(schema)
      return Taken(index: index, event: nil, flaw: EventError.newerSchema(schema).description)
    } catch {
      state.void(index, about: nil, because: error.description)
      return Taken(index: index, event: nil, flaw: error.description)
    }
  }

  private mutating func take(
    _ read: ReadEvent, _ event: Event, on base: Digest, _ index: Int, _ offset: Int
  ) -> Taken {
    do throws(IllegalEvent) {
      let made = index == 0 ? (event.fact as? RegistryMade)?.trusted : nil
      try read.check(trusting: made ?? state.keys)
      try state.fold(event, on: base)
      if let kept = event.fact as? StateKept {
        self.kept = StatePlace(size: kept.size, offset: offset)
      }
      return Taken(index: index, event: event, flaw: nil)
    } catch {
      state.void(index, about: event.fact.entity, because: error.reason)
      return Taken(index: index, event: event, flaw: error.reason)
    }
  }

  private mutating func grow(_ leaf: Digest) {
    tree.append(leaf)
    first.append(leaf)
  }

  /// Notes where the events that were just taken end, and the checkpoint they lie under.
  ///
  /// - Returns: false when the checkpoint is not that of the events.
  mutating func reach(_ checkpoint: PlacedCheckpoint) -> Bool {
    guard checkpoint.checkpoint.size == tree.count, checkpoint.checkpoint.head == tree.root else {
      return false
    }
    end = checkpoint.end
    note = checkpoint.note
    return true
  }

  /// What a writer has just committed.
  mutating func commit(_ events: [[UInt8]], state: RegistryState, kept: StatePlace?) {
    for event in events { grow(MerkleTree.leafHash(event)) }
    precondition(state.size == tree.count, "the state of the same events")
    self.state = state
    if let kept { self.kept = kept }
  }

  mutating func reach(end: Int, note: [UInt8]) {
    self.end = end
    self.note = note
  }

  // MARK: Kept states

  /// The text that is kept of it.
  var keptText: [UInt8] {
    state.text(tree: tree, first: first)
  }

  /// Goes on from a kept state.
  init?(kept text: [UInt8], at place: StatePlace) {
    guard let read = StateReading.read(text), read.state.size == place.size,
      read.tree.count == place.size, read.first.count == place.size
    else { return nil }
    (state, tree, first) = (read.state, read.tree, read.first)
    end = place.offset
    kept = place
  }

  init() {}
}
