import Datasets
import Records
import Testing

/// The small file people write to say whom records are about.
@Suite struct ListTests {
  private func subjects(_ text: String) throws -> [String: [String: String]] {
    try SubjectList.parse(Array(text.utf8), file: "who.csv")
  }

  @Test("Subjects are read as a table with a heading, too")
  func subjectTable() throws {
    #expect(
      try subjects("record,pid,household\ntrain/a.png,7,3\nb,,2\n")
        == ["train/a.png": ["pid": "7", "household": "3"], "b": ["household": "2"]])
    for text in [
      "record\na,1", "record,pid,pid\n", "record,class\n", "record,pid\na,1,2", "record,pid\na",
    ] {
      #expect(throws: DatasetError.self) { try subjects(text) }
    }
  }

  @Test("Subjects are read a record a line")
  func subjectList() throws {
    #expect(
      try subjects("# who\na,pid=7,household=3\n b,pid=é x \n")
        == ["a": ["pid": "7", "household": "3"], "b": ["pid": "é x"]])
    // A value that begins with a combining mark does not swallow the sign before it.
    #expect(
      try subjects("a,pid=\u{301}7,b=2") == ["a": ["pid": "\u{301}7", "b": "2"]])
    #expect(try subjects("record,pid,b\na,\u{301}7,2") == ["a": ["pid": "\u{301}7", "b": "2"]])
    #expect(try subjects("").isEmpty)
  }

  @Test("White space around a word is none of it, at either end, nor is a mark before the text")
  func white() throws {
    #expect(
      try subjects("\u{FEFF}record, pid ,household\r\n a , 7 ,\t3 x \r\nb,  ,2\n")
        == ["a": ["pid": "7", "household": "3 x"], "b": ["household": "2"]])
    #expect(try subjects("\u{FEFF}a , pid = 7 , b= 2") == ["a": ["pid": "7", "b": "2"]])
  }

  @Test(
    "What is wrong with a list of subjects is named with its line",
    arguments: [
      ("a", "who.csv:1: expected record,key=value"),
      (",pid=1", "who.csv:1: expected record,key=value"),
      ("a,pid=1\na,pid=2", "who.csv:2: record 'a' is given twice"),
      ("a,pid=1,pid=1", "who.csv:1: key 'pid' is given twice"),
      ("a,pid", "who.csv:1: 'pid' is not key=value, as in pid=7"),
      ("a,pid=", "who.csv:1: 'pid=' is not key=value, as in pid=7"),
      ("a,=1", "who.csv:1: '=1' is not key=value, as in pid=7"),
      ("a,pid=1=2", "who.csv:1: 'pid=1=2' is not key=value, as in pid=7"),
      ("a,class=1", "who.csv:1: 'class=1' is not key=value, as in pid=7"),
      ("a,pï=1", "who.csv:1: 'pï=1' is not key=value, as in pid=7"),
      ("a,pid=1,", "who.csv:1: '' is not key=value, as in pid=7"),
    ])
  func badSubjectList(text: String, message: String) {
    #expect(datasetError { _ = try subjects(text) }?.description == message)
  }

  @Test("Mutated lists are read or refused, never a crash")
  func mutations() {
    var generator = SeededGenerator(seed: 3)
    let text = Array("# who\ntrain-0001,pid=7,household=3\r\ntrain-0002,pid=é\n".utf8)
    var refused = 0
    for _ in 0..<3000 {
      var bytes = text
      for _ in 0..<3 { bytes = mutated(bytes, with: &generator) }
      do {
        let subjects = try SubjectList.parse(bytes, file: "f")
        #expect(subjects.values.allSatisfy { !$0.isEmpty })
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
