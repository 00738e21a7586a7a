import Records
import Testing

@testable import Reports

@Suite("Drawings")
struct DrawingTests {
  private static func bars(_ kind: String, in drawing: String) -> Int {
    Tags.elements(drawing).filter { $0.hasPrefix("rect class=\"\(kind)\"") }.count
  }

  @Test("influence has a bar for each record, and for thousands no more than 200")
  func influence() throws {
    let few = try #require(InfluencePlot.figure(Sample.influence, step: 1, id: "a"))
    #expect(Self.bars("solid", in: few.drawing) == 30)
    let many = try #require(InfluencePlot.figure(Array(-2500..<2500), step: 1, id: "b"))
    #expect(Self.bars("solid", in: many.drawing) == 200)
    #expect(many.legend == "Bars are evenly chosen by rank.")
    #expect(InfluencePlot.figure([], step: 1, id: "c") == nil)
  }

  @Test(
    "equal, extreme and single influences are drawn without a fault",
    arguments: [[0], [5, 5, 5], [.min, .max], [-3]])
  func degenerate(values: [Int]) throws {
    let figure = try #require(InfluencePlot.figure(values, step: 1, id: "a"))
    #expect(Tags.fault("<!DOCTYPE html>\n" + figure.drawing) == nil)
  }

  @Test("a histogram draws a bar for each bin that is not empty, the forget set filled")
  func histogram() throws {
    let figure = try #require(
      ConfidenceHistogram.figure("confidence", Sample.distributions, id: "h"))
    let filled = Sample.distributions.filter { $0.records == "forget set" }
    let outlined = Sample.distributions.filter { $0.records != "forget set" }
    func bins(_ series: [Distribution]) -> Int { series.flatMap(\.counts).filter { $0 > 0 }.count }
    #expect(Self.bars("solid", in: figure.drawing) == bins(filled))
    #expect(Self.bars("hollow", in: figure.drawing) == bins(outlined))
    #expect(ConfidenceHistogram.figure("x", [], id: "h") == nil)
  }

  @Test("accuracy has a ring and a dot for each class")
  func classes() throws {
    let figure = try #require(ClassAccuracyPlot.figure(Sample.classes, id: "c"))
    for kind in ["hollow", "solid"] {
      #expect(
        Tags.elements(figure.drawing).filter { $0.hasPrefix("circle class=\"\(kind)\"") }.count == 9
      )
    }
    #expect(figure.drawing.contains("100.0 → 0.0\u{A0}%"))
  }

  @Test("of many classes those that changed most are shown, and the report says so")
  func manyClasses() throws {
    let classes = (0..<300).map {
      ClassAccuracy(
        label: $0, name: "c\($0)", testCount: 100, originalCorrect: 90,
        candidateCorrect: $0 == 271 ? 0 : 90 - $0 % 3, referenceCorrect: nil)
    }
    let figure = try #require(ClassAccuracyPlot.figure(classes, id: "c"))
    #expect(figure.table.groups[0].rows.count == 40)
    #expect(figure.drawing.contains(">c271<"))
    let text = figure.caption.runs.map { "\($0)" }.joined()
    #expect(text.contains("Of 300 classes, the 40 that changed most."))
  }

  @Test("a run without epochs has no curve")
  func noEpochs() {
    #expect(EpochPlot.figure(Sample.traceRetrain, step: 1, id: "e") == nil)
    #expect(EpochPlot.figure(Sample.trace, step: 1, id: "e") != nil)
  }

  @Test("Markdown, which does not draw, says nothing of bars and rings")
  func legends() {
    for word in ["Ring:", "Bars are", "A bar is"] {
      #expect(!Sample.reports[0].markdown.contains(word))
    }
    #expect(Sample.reports[0].html.contains("Ring: before"))
  }
}
