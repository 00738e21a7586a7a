import Operations
import Testing

@testable import Console

@Suite struct DatasetAddTests {
  @Test("every format that can be read has its word, and no other")
  func formats() {
    #expect(DatasetAddCommand.Format.allCases.map(\.rawValue) == Workplace.formats.map(\.name))
  }

  @Test("the options become the order of the verb")
  func order() throws {
    let files = try command(
      "dataset add f --format idx --train i.gz --train l.gz --test i --test l --subjects s.csv",
      as: DatasetAddCommand.self
    ).order
    #expect(files.name == "f" && files.format == "idx")
    #expect(files.training == ["i.gz", "l.gz"] && files.test == ["i", "l"])
    #expect(files.subjectsPath == "s.csv" && files.folder == nil && files.size == nil)
    let folder = try command(
      "dataset add f --format folder --directory pictures --size 32x24 --subject-key pid",
      as: DatasetAddCommand.self
    ).order
    #expect(folder.folder == "pictures" && folder.size == "32x24" && folder.subjectKey == "pid")
    let test = try command(
      "dataset add c --format cifar-10 --test t.bin", as: DatasetAddCommand.self
    ).order
    #expect(test.training.isEmpty && test.test == ["t.bin"])
  }

  @Test(
    "what does not go together is refused without a registry",
    arguments: [
      ("--directory d", UsageError.needs("--directory", "--format")),
      ("--format ts --directory d", .needs("--directory", "--format")),
      ("--format idx", .needs("--format idx", "--directory")),
      ("--format idx --directory d --train a", .conflict("--directory", "--train")),
      ("--format folder --directory d --test a", .conflict("--directory", "--test")),
      ("--format ts --train a --train b --test c", .repeated("--train")),
      ("--format ts --train a --test b --test c", .repeated("--test")),
      ("--format idx --directory d --size 8x8", .needs("--size", "--format folder")),
      (
        "--format japanese-vowels --directory d",
        .conflict("--format japanese-vowels", "--directory")
      ),
    ])
  func refusals(options: String, expected: UsageError) throws {
    #expect(try usageError("dataset add d \(options)") == expected)
  }

  @Test("a size is a width and a height", arguments: ["8", "8x", "0x8", "8x5000", "08x8", "8X8"])
  func sizes(size: String) throws {
    let error = try usageError("dataset add d --format folder --directory d --size \(size)")
    #expect(error?.description.contains("as 32x32") == true)
  }
}
