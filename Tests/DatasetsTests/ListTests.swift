import Datasets
import Records
import Testing

/// The two small files people write: record ids, and whom records are about.
@Suite struct ListTests {
  private func ids(_ text: String) throws -> String {
    try RecordList.parse(Array(text.utf8), file: "ids.txt", in: Samples.manifest).canonicalText
  }

  @Test("A list of record ids is a selector, whatever its order, comments and line ends")
  func recordList() throws {
    #expect(
      try ids("# a list\r\n\r\n train-0003\t\r\ntrain-0001") == "record=train-0001+train-0003")
  }

  @Test(
    "What is wrong with a list of record ids is named with its line",
    arguments: [
      ("train-0001\nx\n", "ids.txt:2: data set 'small' has no record 'x'"),
      ("train-0001\n#\ntrain-0001", "ids.txt:3: record 'train-0001' is given twice"),
      ("", "cannot read 'ids.txt': it lists no record"),
      ("# nothing\n", "cannot read 'ids.txt': it lists no record"),
    ])
  func badRecordList(text: String, message: String) {
    #expect(datasetError { _ = try ids(text) }?.description == message)
  }

  @Test("A list that is too long or not UTF-8 is refused")
  func limits() {
    #expect(throws: DatasetError.malformed(file: "f", line: 1, reason: "not UTF-8")) {
      try RecordList.parse([0x61, 0xFF], file: "f", in: Samples.manifest)
    }
    let long = [UInt8](repeating: 0x0A, count: RecordList.sizeLimit + 1)
    #expect(throws: DatasetError.unreadable(file: "f", reason: "longer than 4000000 bytes")) {
      try RecordList.parse(long, file: "f", in: Samples.manifest)
    }
  }

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
    #expect(try subjects("").isEmpty)
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
      _ = try? RecordList.parse(bytes, file: "f", in: Samples.manifest)
    }
    #expect(refused > 100)
  }
}
