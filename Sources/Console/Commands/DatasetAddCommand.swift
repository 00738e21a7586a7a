import Operations

/// `dataset add`: read a data set and record who is in it.
package struct DatasetAddCommand: Command, Equatable {
  /// What a data set is read from.
  package enum Format: String, Sendable, CaseIterable {
    /// The nine speakers that come with the program.
    case japaneseVowels = "japanese-vowels"
    /// The files of the UEA and UCR archives.
    case timeSeries = "ts"
    /// The files of MNIST and its kin.
    case idx
    case cifar10 = "cifar-10"
    case cifar100 = "cifar-100"
    /// PNG and JPEG pictures, a sub-folder a class.
    case folder
  }

  package let name: Name
  package let format: Format?
  package let train: [String]
  package let test: [String]
  package let directory: String?
  package let size: String?
  package let subjectKey: Name?
  package let subjects: String?

  private static let name: Parameter<Name> = .operand(
    .name,
    "what the data set is called from now on")
  private static let format: Parameter<Format?> = .optional(
    "--format", .choice,
    "what is read; ts when files are given, else japanese-vowels")
  private static let train: Parameter<[String]> = .repeated(
    "--train", .path("PATH"),
    "the training records; may be repeated")
  private static let test: Parameter<[String]> = .repeated(
    "--test", .path("PATH"),
    "the test records; may be repeated")
  private static let directory: Parameter<String?> = .optional(
    "--directory", .path("DIR"),
    "where the format's files lie under their usual names")
  private static let size: Parameter<String?> = .optional(
    "--size", .pictureSize,
    "bring all pictures of a folder to this size")
  private static let subjectKey: Parameter<Name?> = .optional(
    "--subject-key", .name("KEY"),
    "the key under which a class label is a person, as pid")
  private static let subjects: Parameter<String?> = .optional(
    "--subjects", .path("FILE"),
    "whom the records are about, a line a record")

  package static let page = CommandPage(
    "dataset add",
    summary: "read a data set and record who is in it",
    discussion: """
      Reads the records where they lie and stores their manifest: for every record an
      id, a digest, a label, its split and the keys of the person it is about. The
      records themselves are not copied into the registry; pictures lie decoded in a
      file without a name in TMPDIR (else /var/tmp) while a command runs.

      'japanese-vowels' without files adds the Japanese Vowels, nine speakers' recordings
      that come with the program; the person is 'pid'. A .ts file has its person in the class
      label, under the key that --subject-key names.

      The format idx takes --train twice, for images and for labels, and --test likewise;
      cifar-10 and cifar-100 take their binary files, all of a split; folder takes a
      folder of class folders with PNG or JPEG files. Instead, --directory finds them:
      train-images-idx3-ubyte.gz and so on, data_batch_1.bin and so on, or the folders
      train and test. In CIFAR-100 the class is the fine label, and superclass=people the
      coarse one.

      With --size every picture is cut to its middle of the wanted proportions and scaled
      by a triangle filter; without, all must have one size.

      The lines of --subjects are a record's id or a picture's path from its split on, and
      its keys, as in 'train-0007,pid=3,household=2' or 'train/cat/7.png,pid=3'.
      """,
    parameters: [
      name.declaration, format.declaration, train.declaration, test.declaration,
      directory.declaration, size.declaration, subjectKey.declaration, subjects.declaration,
    ],
    examples: [
      "imu-registry dataset add japanese-vowels",
      "imu-registry dataset add gait --train gait_TRAIN.ts --test gait_TEST.ts --subject-key pid",
      "imu-registry dataset add fashion-mnist --format idx"
        + " --directory /usr/share/datasets/fashion-mnist",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    name = try arguments[Self.name]
    format = try arguments[Self.format]
    train = try arguments[Self.train]
    test = try arguments[Self.test]
    directory = try arguments[Self.directory]
    size = try arguments[Self.size]
    subjectKey = try arguments[Self.subjectKey]
    subjects = try arguments[Self.subjects]
    switch format {
    case nil, .timeSeries:
      if directory != nil { throw .needs("--directory", "--format") }
      try requireOneFileEach()
    case .japaneseVowels:
      if !train.isEmpty || !test.isEmpty { throw .conflict("--format japanese-vowels", "--train") }
      if directory != nil { throw .conflict("--format japanese-vowels", "--directory") }
    case .idx, .cifar10, .cifar100, .folder:
      if directory != nil, !train.isEmpty { throw .conflict("--directory", "--train") }
      if directory != nil, !test.isEmpty { throw .conflict("--directory", "--test") }
      if directory == nil, train.isEmpty, test.isEmpty {
        throw .needs("--format \(format?.rawValue ?? "")", "--directory")
      }
    }
    if size != nil, format != .folder { throw .needs("--size", "--format folder") }
  }

  /// A time series has a training file and a test file.
  private func requireOneFileEach() throws(UsageError) {
    if !train.isEmpty, test.isEmpty { throw .needs("--train", "--test") }
    if !test.isEmpty, train.isEmpty { throw .needs("--test", "--train") }
    if train.count > 1 { throw .repeated("--train") }
    if test.count > 1 { throw .repeated("--test") }
    if format == .timeSeries, train.isEmpty { throw .needs("--format ts", "--train") }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    let dataset = try context.workplace.addDataset(order)
    try context.show(dataset) { DatasetPage.text(dataset) }
    return .done
  }
}

extension DatasetAddCommand {
  /// The command in the words of the verb.
  var order: DatasetOrder {
    var order = DatasetOrder(name: name.text)
    order.format = format?.rawValue
    order.training = train
    order.test = test
    order.folder = directory
    order.size = size
    order.subjectKey = subjectKey?.text
    order.subjectsPath = subjects
    return order
  }
}

extension Reader where Value == String {
  /// A width and a height of pictures, such as `32x32`.
  fileprivate static var pictureSize: Reader {
    Reader(placeholder: "WxH") { (word) throws(Unreadable) in
      let sides = word.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard sides.count == 2, let width = sides[0], let height = sides[1],
        (1...4096).contains(width), (1...4096).contains(height), word == "\(width)x\(height)"
      else { throw Unreadable(expected: "a width and a height up to 4096, as 32x32") }
      return word
    }
  }
}
