import Operations

/// `dataset add`: read a data set and record who is in it.
package struct DatasetAddCommand: Command, Equatable {
  /// What a data set is read from.
  package enum Format: String, Sendable, CaseIterable {
    /// The nine speakers that come with the program.
    case japaneseVowels = "japanese-vowels"
    /// The files of the UEA and UCR archives.
    case timeSeries = "ts"
  }

  package let name: Name
  package let format: Format?
  package let train: String?
  package let test: String?
  package let subjectKey: Name?

  private static let name: Parameter<Name> = .operand(
    .name,
    "what the data set is called from now on")
  private static let format: Parameter<Format?> = .optional(
    "--format", .choice,
    "what is read; ts when files are given, else japanese-vowels")
  private static let train: Parameter<String?> = .optional(
    "--train", .path("FILE"),
    "the training records")
  private static let test: Parameter<String?> = .optional(
    "--test", .path("FILE"),
    "the test records; needs --train, and --train needs it")
  private static let subjectKey: Parameter<Name?> = .optional(
    "--subject-key", .name("KEY"),
    "the key under which a class label is a person, as pid")

  package static let page = CommandPage(
    "dataset add",
    summary: "read a data set and record who is in it",
    discussion: """
      Reads the records where they lie and stores their manifest: for every record an
      id, a digest, a label, its split and the keys of the person it is about. The
      records themselves are not copied.

      Without files the Japanese Vowels are added, nine speakers' recordings that come
      with the program; the person is 'pid'. A .ts file has its person in the class
      label, under the key that --subject-key names.
      """,
    parameters: [
      name.declaration, format.declaration, train.declaration, test.declaration,
      subjectKey.declaration,
    ],
    examples: [
      "imu-registry dataset add japanese-vowels",
      "imu-registry dataset add gait --train gait_TRAIN.ts --test gait_TEST.ts --subject-key pid",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    name = try arguments[Self.name]
    format = try arguments[Self.format]
    train = try arguments[Self.train]
    test = try arguments[Self.test]
    subjectKey = try arguments[Self.subjectKey]
    if train != nil, test == nil { throw .needs("--train", "--test") }
    if test != nil, train == nil { throw .needs("--test", "--train") }
    if format == .timeSeries, train == nil { throw .needs("--format ts", "--train") }
    if format == .japaneseVowels, train != nil {
      throw .conflict("--format japanese-vowels", "--train")
    }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let dataset = try context.workplace.addDataset(
      name.text, format: format?.rawValue, files: [train, test].compactMap { $0 },
      subjectKey: subjectKey?.text)
    try context.show(dataset) { DatasetPage.text(dataset) }
    return .done
  }
}
