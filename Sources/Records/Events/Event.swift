import FoundationEssentials

/// A change of state: what happened, in which registry, when, and after which event.
package struct Event: Sendable {
  /// Raised when the vocabulary changes; a program that knows less reads on and decides nothing.
  package static let schema = 2
  /// The payload type of its envelope.
  package static let payloadType = "application/vnd.imu-registry.event+json"
  /// The longest envelope, in bytes.
  package static let sizeLimit = 16 << 10

  /// The random id of the registry, 32 hexadecimal digits.
  package let registry: String
  /// The log's index of the last event about the same entity; nil for the first.
  package let after: Int?
  /// How many events of the same change are still to come: a log that ends before the last of them was
  /// cut, as a change is written whole or not at all.
  package let ahead: Int
  /// The root of the tree of all events before it: who signs an event signs the log it follows, so
  /// that nobody can leave out, put in or change what lies before.
  package let base: Digest
  /// RFC 3339, UTC, whole seconds: what the writer's clock said.
  package let time: String
  package let fact: any Fact

  package init(
    registry: String, after: Int?, ahead: Int = 0, base: Digest, time: String, fact: any Fact
  ) {
    self.registry = registry
    self.after = after
    self.ahead = ahead
    self.base = base
    self.time = time
    self.fact = fact
  }

  /// The same event, on the log that it is going to follow, with so many of its change behind it.
  package func following(_ base: Digest, ahead: Int) -> Event {
    Event(registry: registry, after: after, ahead: ahead, base: base, time: time, fact: fact)
  }

  /// The canonical text that is signed.
  package var text: [UInt8] { Self.text(of: fact, self) }

  private static func text<Kind: Fact>(_ fact: Kind, _ event: Event) -> [UInt8] {
    CanonicalText.encode(
      EventText(
        after: event.after, ahead: event.ahead == 0 ? nil : event.ahead, base: event.base,
        fact: fact, kind: Kind.kind, registry: event.registry, schema: schema, time: event.time))
  }

  private static func text(of fact: any Fact, _ event: Event) -> [UInt8] { text(fact, event) }

  /// Reads an event; only the text that `text` would give is one.
  ///
  /// - Throws: `EventError`.
  package init(text: [UInt8]) throws(EventError) {
    if let type = Self.kind(ofCanonical: text), let event = Self.readCanonical(type, text) {
      self = event
      return
    }
    // It is none, or of another schema: the parts one after another say which.
    let head = try Self.decode(EventHead.self, text)
    guard head.schema <= Self.schema else { throw .newerSchema(head.schema) }
    guard head.schema == Self.schema else { throw .malformed("schema \(head.schema) never was") }
    guard let type = Facts.type(named: head.kind) else { throw .malformed("no kind is called so") }
    self = try Self.read(type, text)
  }

  /// The kind of an event of this schema, by where canonical text has it; a guess for another text.
  private static func kind(ofCanonical text: [UInt8]) -> (any Fact.Type)? {
    let (name, registry) = (Array(#","kind":""#.utf8), #"","registry":""#.utf8)
    let timeLength = #"","schema":\#(schema),"time":"2026-11-22T09:30:00Z"}"#.utf8.count
    // The registry id has 32 digits.
    let end = text.count - timeLength - 32 - registry.count
    guard end > name.count, text[end..<end + registry.count].elementsEqual(registry) else {
      return nil
    }
    guard let quote = text[..<end].lastIndex(of: UInt8(ascii: "\"")),
      text[...quote].suffix(name.count).elementsEqual(name)
    else { return nil }
    return Facts.type(named: String(decoding: text[(quote + 1)..<end], as: UTF8.self))
  }

  /// Reads an event of a kind; nil unless the text is exactly the one that such an event has, which no
  /// text with a name twice, or that a strict reader would refuse otherwise, is.
  private static func readCanonical<Kind: Fact>(_ type: Kind.Type, _ text: [UInt8]) -> Event? {
    guard let read = try? JSONDecoder().decode(EventText<Kind>.self, from: Data(text)) else {
      return nil
    }
    let event = read.event
    return event.text == text ? event : nil
  }

  private static func read<Kind: Fact>(
    _ type: Kind.Type, _ text: [UInt8]
  ) throws(EventError) -> Event {
    let read = try decode(EventText<Kind>.self, text)
    let event = read.event
    guard event.text == text else { throw .malformed("it is not in canonical form") }
    return event
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ text: [UInt8]
  ) throws(EventError) -> Value {
    do throws(CanonicalTextError) {
      return try CanonicalText.decode(type, from: text, what: "an event")
    } catch {
      throw .malformed(error.reason)
    }
  }
}

/// Why a text is no event.
package enum EventError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Written by a program that knows more.
  case newerSchema(Int)
  case malformed(String)

  package var description: String {
    switch self {
    case .newerSchema(let schema):
      "has schema \(schema) and this program knows up to \(Event.schema); use a newer imu-registry"
    case .malformed(let reason): "is no event: \(reason)"
    }
  }
}

private struct EventText<Kind: Fact>: Codable {
  let after: Int?
  let ahead: Int?
  let base: Digest
  let fact: Kind
  let kind: String
  let registry: String
  let schema: Int
  let time: String

  var event: Event {
    Event(
      registry: registry, after: after, ahead: ahead ?? 0, base: base, time: time, fact: fact)
  }
}

private struct EventHead: Decodable {
  let kind: String
  let schema: Int
}
