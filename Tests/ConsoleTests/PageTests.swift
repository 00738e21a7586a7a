import Records
import Testing

@testable import Console
@testable import Operations

@Suite struct PageTests {
  private let digest = Digest(bytes: [UInt8](repeating: 171, count: 32))

  private func version(
    _ name: String, parent: String?, records: Int?, verdict: Verdict? = nil,
    exposures: [String: Exposure] = [:]
  ) -> VersionSummary {
    VersionSummary(
      name: "m@\(name)", digest: digest, createdAt: "2026-11-22T09:30:00Z",
      parent: parent.map { "m@\($0)" },
      origin: parent == nil ? .scratch : .parent, method: verdict == nil ? "train" : "imu",
      extractorRecords: records, classifierRecords: records, aliases: [], request: nil,
      verdict: verdict, exposures: exposures)
  }

  @Test("a list of versions has a column for every request")
  func versions() {
    let text = VersionPage.table(
      VersionList(
        versions: [
          version("v1", parent: nil, records: 135, exposures: ["R-1": .exposed]),
          version("v2", parent: "v1", records: 0, verdict: .warn, exposures: ["R-1": .mitigated]),
          version("v3", parent: "v1", records: nil),
        ], olderVersions: 0, olderRequests: 0))
    #expect(
      text == """
        version  parent  method  trained on  aliases  verdict  R-1
        v1               train          135                    exposed
        v2       v1      imu                          WARN     mitigated
        v3       v1      train      unknown

        """)
  }

  @Test("what a list leaves out is counted below it, and people without a column in one")
  func cutList() {
    var newest = version("v9", parent: nil, records: 135, exposures: ["R-9": .exposed])
    (newest.exposedRequests, newest.mitigatedRequests) = (3, 1)
    let text = VersionPage.table(
      VersionList(versions: [newest], olderVersions: 8, olderRequests: 7))
    #expect(
      text == """
        version  parent  method  trained on  aliases  verdict  holds                   R-9
        v9               train          135                    3 exposed, 1 mitigated  exposed
        and 8 older versions, and 7 older requests; --all shows them

        """)
  }

  @Test("a lineage begins with the first version and steps in")
  func chain() {
    let text = VersionPage.chain([
      version("v1", parent: nil, records: 135), version("v2", parent: "v1", records: 270),
      version("v3", parent: "v2", records: 0, verdict: .warn),
    ])
    #expect(
      text == """
        v1  train, 135 records
        └─ v2  train, 270 records
           └─ v3  imu, WARN

        """)
  }

  private func outcome(
    _ ending: ForgetOutcome.Ending, _ verdict: Verdict?, _ state: RequestState,
    exploresOnly: Bool = false
  ) -> ForgetOutcome {
    ForgetOutcome(
      ending: ending, model: "v3",
      exposure: ComponentExposure(extractor: .mitigated, classifier: .mitigated), request: "R-1",
      version: verdict == nil ? nil : "m@v4", verdict: verdict,
      meetsFloor: verdict != .fail && !exploresOnly, exploresOnly: exploresOnly, state: state,
      sentence: "the answer", rungs: ["imu: WARN"], caps: ["capped"],
      movedAliases: ["production"], reportPath: "Reports/R-1/report.html")
  }

  @Test("forget answers first, and says what it rests on")
  func forget() {
    #expect(
      ForgetPage.text(outcome(.certified, .warn, .mitigated)) == """
        the answer

        verdict        WARN
        version        v4, made from v3
        exposure       extractor mitigated, classifier mitigated
        rung 1         imu: WARN
        capped by      capped
        request        R-1, mitigated
        aliases moved  production
        report         Reports/R-1/report.html

        """)
    #expect(ForgetPage.text(outcome(.clear, nil, .closed)) == "the answer\n")
  }

  @Test("a version that mitigates nothing is told with the reason and the way on")
  func shortfall() {
    #expect(ForgetPage.shortfall(outcome(.certified, .warn, .mitigated)) == nil)
    #expect(ForgetPage.shortfall(outcome(.clear, nil, .closed)) == nil)
    let failed = ForgetPage.shortfall(outcome(.certified, .fail, .approved))
    #expect(
      failed?.message
        == "no method met the policy's floor: the verdict on v4 is FAIL, and no alias moved")
    let explored = ForgetPage.shortfall(
      outcome(.certified, .pass, .approved, exploresOnly: true))
    #expect(explored?.message.hasPrefix("nobody allowed the policy, so it explores only") == true)
    #expect(explored?.hint.contains("policy allow FILE") == true)
  }

  @Test("a mitigated request has a next move, a closed or untouched one has none")
  func next() throws {
    let subject = Selector(union: [try Selector("pid=1"), try Selector("name=O'Hara")])
    #expect(
      ForgetPage.next(outcome(.certified, .warn, .mitigated), subject: subject)
        == "imu-registry forget --model v4 --subject 'name=O'\\''Hara' --subject pid=1 --until pass"
    )
    #expect(ForgetPage.next(outcome(.certified, .pass, .closed), subject: subject) == nil)
    #expect(ForgetPage.next(outcome(.alreadyMitigated, nil, .mitigated), subject: subject) == nil)
  }

  @Test("a difference lists what changed and counts the rest")
  func difference() {
    let tensors = [
      TensorChange(
        name: "phi.weight", part: .extractorParameter, elementCount: 9, changedCount: 0,
        relativeChangePartsPerMillion: 0),
      TensorChange(
        name: "h.weight", part: .classifierParameter, elementCount: 6, changedCount: 5,
        relativeChangePartsPerMillion: 123_456),
    ]
    let text = DifferencePage.text(
      VersionDifference(from: "v3", to: "v4", sameConfiguration: true, tensors: tensors))
    #expect(
      text == """
        tensor    part        changed  of  relative change
        h.weight  classifier        5   6           12.3 %

        1 of 2 tensors differ between v3 and v4; the extractor is unchanged
        """)
  }

  @Test("subjects stand as a selector takes them, and what is sealed is said to be")
  func datasets() {
    let open = DatasetSummary(
      name: "d", root: digest, addedAt: "now", records: 3,
      contents: .init(
        format: "ts", inputShape: [1, 2, 3], labelNames: ["x"], trainingRecords: 2,
        testRecords: 1, selectorKeys: ["pid": ["a+b", "c,d", "e"]]))
    #expect(DatasetPage.text(open).contains("selector pid=  a%2bb, c%2cd, e\n"))
    #expect(DatasetPage.text(open).contains("3: 2 training, 1 test"))
    let sealed = DatasetSummary(
      name: "d", root: digest, addedAt: "now", records: 640, contents: nil)
    #expect(DatasetPage.text(sealed).contains("640; split and labels are sealed"))
    #expect(
      DatasetPage.text([sealed]) == """
        data set  format  records  training    test  labels  selectors  root
        d         sealed      640    sealed  sealed  sealed  sealed     abababababab

        """)
    #expect(DerivedPage.text(nil).hasPrefix("unknown"))
  }

  @Test(
    "percents have one decimal",
    arguments: [
      (0, "0.0 %"), (1_000_000, "100.0 %"), (985_499, "98.5 %"), (985_500, "98.6 %"),
      (-12_345, "-1.2 %"), (-400, "0.0 %"),
    ])
  func percents(parts: Int, text: String) {
    #expect(Percent.text(partsPerMillion: parts) == text)
  }

  @Test("a request as JSON keeps its fields beside what the versions hold")
  func request() throws {
    let day = try #require(CalendarDate("2026-01-31"))
    let page = RequestPage(
      request: RequestSummaryLine(
        id: "R-1", number: CaseNumber(bytes: [UInt8](repeating: 7, count: 8)), subject: "pid=1",
        state: .closed, receivedOn: day, deadline: day.oneMonthLater, decidedBy: "Ada",
        decidedAt: nil, commitment: digest, history: ["a → b"],
        certificates: [
          CertificateLine(
            version: "v4", verdict: .warn, issuedAt: "now", digest: digest, logIndex: 9)
        ]),
      versions: [("v3", .exposed)])
    let json = String(decoding: CanonicalText.encode(page), as: UTF8.self)
    #expect(json.contains(#""exposures":{"v3":"exposed"}"#) && json.contains(#""id":"R-1""#))
    for word in ["closed", "2026-02-28", "a → b", "v4", "WARN", "exposed"] {
      #expect(page.text.contains(word))
    }
  }
}
