import Records
import Testing

@testable import Console
@testable import Operations

@Suite struct DerivedPageTests {
  private func item(
    _ kind: DerivedSummary.Kind, _ key: UInt8, _ file: UInt8, _ records: Int?, _ bytes: Int?,
    datasets: [String]? = ["d"], keptAt: String? = nil
  ) -> DerivedSummary {
    func digest(_ byte: UInt8) -> Digest { Digest(bytes: [UInt8](repeating: byte, count: 32)) }
    return DerivedSummary(
      kind: kind, key: digest(key), digest: digest(file), datasets: datasets, records: records,
      keptAt: keptAt, byteCount: bytes)
  }

  @Test("the files of one key are one line, with all their records and sizes")
  func table() {
    let text = DerivedPage.text([
      item(.features, 0xAB, 1, 3000, 1500, keptAt: "2026-11-02"),
      item(.features, 0xAB, 2, 50, 600, keptAt: "2026-11-01"),
      item(.features, 0xCD, 3, 7, nil, keptAt: "2026-11-03"),
      item(.training, 0xEF, 0xEF, nil, 10, datasets: nil),
    ])
    #expect(
      text == """
        kind      key           data sets        records  files      KiB  kept since
        features  abababababab  d                   3050      2        3  2026-11-01
        features  cdcdcdcdcdcd  d                      7      1  missing  2026-11-03
        training  efefefefefef  does not verify        ?      1        1

        """)
    #expect(DerivedPage.text([]) == "nothing derived from records is kept")
  }

  @Test("what was discarded is counted")
  func discarded() {
    #expect(DerivedPage.discarded([]) == "there was nothing to discard")
    #expect(
      DerivedPage.discarded([item(.training, 1, 1, 5, 1025)])
        == "discarded 1 file of derived data, 2 KiB")
  }
}
