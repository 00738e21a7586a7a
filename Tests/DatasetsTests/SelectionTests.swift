import Datasets
import Records
import Testing

@Suite struct SelectionTests {
  private static let keys = ["class", "record", "household", "user"]

  @Test(
    "A selector means the records it says",
    arguments: [
      ("user=alice", "0-1"), ("user=bob", "2"), ("user=alice+bob", "0-2"), ("class=cat", "0"),
      ("class=0", "0"), ("class=dog", "1,3"), ("class=label:1", "1,3"), ("class=name:1", "2"),
      ("class=2", "2"), ("class=dog,user=alice", "1"), ("user=alice,class=dog+cat", "0-1"),
      ("record=train-0004", "3"), ("record=train-0004+train-0001", "0,3"), ("household=3", "0,2"),
      ("household=3,user=bob", "2"), ("record=train-0001+test-0001", "0"),
    ])
  func matching(text: String, positions: String) throws {
    #expect(try Samples.manifest.selection(matching: Selector(text)).text == positions)
  }

  @Test("Selectors given one after another are united")
  func union() throws {
    let selector = Selector(union: [try Selector("user=bob"), try Selector("class=cat")])
    #expect(try Samples.manifest.selection(matching: selector).text == "0,2")
    #expect(try Samples.manifest.selection(matching: selector, in: nil).text == "0,2,4")
    #expect(try Samples.manifest.selection(matching: selector, in: .test).text == "4")
  }

  @Test("A person without test records has an empty test selection, which is no error")
  func noTestRecords() throws {
    let selector = try Selector("user=bob")
    #expect(try Samples.manifest.selection(matching: selector, in: .test).isEmpty)
  }

  @Test("Every speaker is found, by pid and by class")
  func speakers() throws {
    let manifest = try Samples.vowels().manifest
    for speaker in 1...9 {
      let byPerson = try manifest.selection(matching: Selector("pid=\(speaker)"))
      #expect(byPerson.text == "\(30 * speaker - 30)-\(30 * speaker - 1)")
      #expect(try manifest.selection(matching: Selector("class=\(speaker - 1)")) == byPerson)
      #expect(try manifest.selection(matching: Selector("class=speaker-\(speaker)")) == byPerson)
    }
  }

  @Test("An unknown key is refused with the keys that exist and the nearest")
  func unknownKey() {
    expect(
      "usr=alice", .unknownKey("usr", known: Self.keys, nearest: "user"),
      "no record has a key 'usr'; the keys are 'class', 'record', 'household', 'user'; "
        + "did you mean 'user'?")
    expect(
      "zzzzzz=1", .unknownKey("zzzzzz", known: Self.keys, nearest: nil),
      "no record has a key 'zzzzzz'; the keys are 'class', 'record', 'household', 'user'")
    expect("Class=1", .unknownKey("Class", known: Self.keys, nearest: "class"), nil)
  }

  @Test("A value that no record has is refused with those that exist, however it is combined")
  func unknownValue() {
    let error = DatasetError.unknownValue(
      key: "user", value: "dave", known: ["alice", "bob", "carol"], knownCount: 3, nearest: nil)
    expect("user=dave", error, "no record has user=dave; user can be 'alice', 'bob', 'carol'")
    expect("user=alice+dave", error, nil)
    expect("class=0,user=dave", error, nil)
    expect(
      "class=9",
      .unknownValue(
        key: "class", value: "9", known: ["cat", "dog", "1"], knownCount: 3, nearest: nil), nil)
    expect(
      "class=01",
      .unknownValue(
        key: "class", value: "01", known: ["cat", "dog", "1"], knownCount: 3, nearest: nil), nil)
  }

  @Test("A mistyped value gets the nearest proposed, a number none")
  func nearestValue() throws {
    let message = { (text: String) in
      datasetError { _ = try Samples.vowels().manifest.selection(matching: Selector(text)) }?
        .description
    }
    #expect(message("class=speker-3")?.hasSuffix("; did you mean 'speaker-3'?") == true)
    #expect(message("class=elephant")?.contains("did you mean") == false)
    #expect(message("pid=10")?.contains("did you mean") == false)
    #expect(
      datasetError { _ = try Samples.manifest.selection(matching: Selector("user=Alcie")) }?
        .description.hasSuffix("; did you mean 'alice'?") == true)
  }

  @Test("At most twenty values are listed, numbers by size")
  func manyValues() throws {
    let error = datasetError {
      _ = try Samples.vowels().manifest.selection(matching: Selector("record=x"))
    }
    guard case .unknownValue(_, _, let known, let count, nil) = error else {
      Issue.record("expected an unknown value, got \(String(describing: error))")
      return
    }
    #expect(known.count == 20)
    #expect(count == 640)
    let pid = datasetError {
      _ = try Samples.vowels().manifest.selection(matching: Selector("pid=10"))
    }
    #expect(
      pid
        == .unknownValue(
          key: "pid", value: "10", known: (1...9).map(String.init), knownCount: 9, nearest: nil))
  }

  @Test("A class text that names one class and numbers another is refused")
  func ambiguous() {
    expect(
      "class=1", .ambiguousClass("1", named: 2, numbered: 1),
      "class=1 is the name of class 2 and the number of class 1; write class=name:1 or "
        + "class=label:1")
  }

  @Test(
    "Classes whose names read the same are all meant by either", arguments: ["\u{E9}", "e\u{301}"])
  func sameNames(name: String) throws {
    let manifest = Manifest(
      dataset: "small", source: DataSource(format: "ts"), inputShape: [1, 1, 1],
      labelNames: ["\u{E9}", "e\u{301}", "e"],
      records: (0..<3).map {
        ManifestRecord(
          id: "r-\($0)", content: Digest(words: (0, 0, 0, 0)), label: $0, subjects: [:],
          split: .training)
      })
    #expect(try manifest.selection(matching: Selector("class=\(name)")).indices == [0, 1])
  }

  @Test("Values that never come together are refused")
  func nothing() {
    expect(
      "class=cat,user=bob",
      .nothingMatches(selector: "class=cat,user=bob", dataset: "small", keys: Self.keys), nil)
  }

  @Test("A person with test records only has nothing to forget")
  func testOnly() {
    expect(
      "user=carol",
      .testRecordsOnly(
        selector: "user=carol", dataset: "small", recordCount: 1, keys: Self.keys),
      "'user=carol' matches test records only (1 of data set 'small'), which no model was "
        + "trained on: there is nothing to forget (the keys are 'class', 'record', 'household', "
        + "'user')")
  }

  @Test("Hostile selectors end in a short, harmless message")
  func hostile() throws {
    let long = String(repeating: "x", count: 100_000)
    for text in ["user=\(long)", "\(long)=1", "record=%1b[31m", "class=%00%e2%80%ae", "user=%0a"] {
      let error = datasetError {
        _ = try Samples.manifest.selection(matching: Selector(text))
      }
      let message = "\(try #require(error))"
      #expect(message.count < 400)
      #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }
    let values = (0..<50_000).map { "v\($0)" }.joined(separator: "+")
    #expect(throws: DatasetError.self) {
      try Samples.manifest.selection(matching: Selector("user=\(values)"))
    }
  }

  @Test("A hostile manifest with a label outside its names does not crash a selection")
  func hostileManifest() throws {
    let record = ManifestRecord(
      id: "a", content: toyHash([]), label: -5, subjects: ["user": "x"], split: .training)
    let manifest = Manifest(
      dataset: "d", source: DataSource(format: "ts"), inputShape: [], labelNames: [],
      records: [record])
    #expect(try manifest.selection(matching: Selector("user=x")).text == "0")
    #expect(throws: DatasetError.self) { try manifest.selection(matching: Selector("class=-5")) }
  }

  private func expect(
    _ text: String, _ expected: DatasetError, _ message: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = datasetError { _ = try Samples.manifest.selection(matching: Selector(text)) }
    #expect(error == expected, sourceLocation: sourceLocation)
    if let message { #expect(error?.description == message, sourceLocation: sourceLocation) }
  }
}
