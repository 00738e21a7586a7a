import Records
import Testing

@Suite struct StateTests {
  @Test("Training leaves out whoever was approved; nothing of them is kept once a request is met")
  func requests() {
    #expect(RequestState.allCases.filter(\.forbidsTraining) == [.approved, .mitigated, .closed])
    #expect(RequestState.allCases.filter(\.forbidsDerivedData) == [.mitigated, .closed])
  }

  @Test("A request is owed by the same day of the next month")
  func deadline() throws {
    let request = DeletionRequest(
      number: CaseNumber(bytes: [1, 2, 3, 4, 5, 6, 7, 8]), ordinal: 0, id: "DSR-1",
      selector: try Selector("pid=1"), receivedOn: try #require(CalendarDate("2026-10-31")),
      state: .received, decidedBy: nil, decidedAt: nil,
      commitment: Digest(bytes: [UInt8](repeating: 1, count: 32)))
    #expect(request.deadline.description == "2026-11-30")
  }

  @Test("A case number is sixteen lower-case hexadecimal digits and nothing else")
  func caseNumbers() {
    #expect(CaseNumber("0123456789abcdef")?.text == "0123456789abcdef")
    for text in ["", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdeg", "DSR-2026-001"] {
      #expect(CaseNumber(text) == nil)
    }
  }

  @Test("Exposure and verdicts are ordered, and a version is as exposed as its worse part")
  func orders() {
    #expect([Exposure.exposed, .clear, .mitigated].sorted() == [.clear, .mitigated, .exposed])
    #expect([Verdict.pass, .fail, .warn].sorted() == [.fail, .warn, .pass])
    for one in Exposure.allCases {
      for other in Exposure.allCases {
        let overall = ComponentExposure(extractor: one, classifier: other).overall
        #expect(overall == max(one, other))
        #expect(ComponentExposure(extractor: other, classifier: one).overall == overall)
      }
    }
  }

  @Test(
    "Numbers become whole millionths, halves away from zero",
    arguments: [
      (0.0, 0), (1, 1_000_000), (0.0000005, 1), (-0.0000005, -1), (0.00000049, 0),
      (0.123456789, 123_457), (-0.9999996, -1_000_000), (-0.0, 0),
      (999_999_999, 999_999_999_000_000),
      (1e12, nil), (.nan, nil), (.infinity, nil), (-.infinity, nil), (-1e300, nil),
      (1e-300, 0),
    ] as [(Double, Int?)])
  func perMillion(value: Double, parts: Int?) {
    #expect(Parts.perMillion(value) == parts)
  }

  @Test(
    "Numbers become whole billionths, halves away from zero",
    arguments: [
      (0.25, 250_000_000), (-1e-9, -1), (4.9e-10, 0), (1e9, nil), (.nan, nil),
      (-.infinity, nil), (999_999_999, 999_999_999_000_000_000),
    ] as [(Double, Int?)])
  func perBillion(value: Double, parts: Int?) {
    #expect(Parts.perBillion(value) == parts)
  }

  @Test("Parts become numbers and the same parts again")
  func parts() {
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<1000 {
      let parts = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)
      #expect(Parts.perMillion(Parts.fromPerMillion(parts)) == parts)
      #expect(Parts.perBillion(Parts.fromPerBillion(parts)) == parts)
    }
  }
}
