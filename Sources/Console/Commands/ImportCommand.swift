import Operations
package import Records

/// `import`: take in weights that were trained elsewhere.
package struct ImportCommand: Command, Equatable {
  package let file: String
  package let architecture: Name?
  package let trainedOn: Name?
  package let only: Selector?
  package let parent: VersionReference?
  package let config: String?
  package let labels: [String]?

  private static let file: Parameter<String> = .operand(
    .path("FILE"),
    "the weights: safetensors, or PyTorch's .pt, .pth or .th")
  private static let architecture: Parameter<Name?> = .optional(
    "--architecture", .name,
    "the network the weights belong to; --config or --parent says it as well")
  private static let trainedOn: Parameter<Name?> = .optional(
    "--trained-on", .name("DATASET"),
    "the data set it was trained on")
  private static let only: Parameter<Selector?> = .optionalSelectors(
    "--only",
    "it was trained on these records only; may be repeated")
  private static let parent: Parameter<VersionReference?> = .optional(
    "--parent", .version,
    "the version it descends from")
  private static let config: Parameter<String?> = .optional(
    "--config", .path("FILE"),
    "the config.json that belongs to the weights")
  private static let labels: Parameter<[String]?> = .optional(
    "--labels", .labels,
    "the names of the outputs, in their order")

  package static let page = CommandPage(
    "import",
    summary: "take in weights that were trained elsewhere",
    discussion: """
      Stores weights as the next version, once every tensor has the name and the shape
      that the architecture asks for; those that are missing, unexpected or misshapen
      are listed.

      The format is told by the content: safetensors, or a PyTorch file, whose state dict
      may lie under state_dict, model_state_dict, model or net. A prefix "module." of all
      names is left out. Nothing in a file is executed, and a file that holds more than a
      state dict needs is refused. Without --config, sizes that the architecture leaves
      open (such as a ResNet's first kernel) are read from the tensors.

      Say what it was trained on: a version whose training records are unknown counts as
      exposed to everybody, because nobody can show the contrary. Weights that a version
      has already, to the last bit, are taken as made from it, and hold what it holds.
      """,
    parameters: [
      file.declaration, architecture.declaration, trainedOn.declaration, only.declaration,
      parent.declaration, config.declaration, labels.declaration,
    ],
    examples: [
      "imu-registry import model.safetensors --architecture resnet --trained-on gait",
      "imu-registry import resnet32.th --architecture cifar-resnet32",
    ])

  package init(_ arguments: Arguments) throws(UsageError) {
    file = try arguments[Self.file]
    architecture = try arguments[Self.architecture]
    trainedOn = try arguments[Self.trainedOn]
    only = try arguments[Self.only]
    parent = try arguments[Self.parent]
    config = try arguments[Self.config]
    labels = try arguments[Self.labels]
    if architecture == nil, config == nil, parent == nil { throw .missing("--architecture NAME") }
    if only != nil, trainedOn == nil { throw .needs("--only", "--trained-on") }
    if labels != nil, config != nil { throw .conflict("--labels", "--config") }
  }

  package func run(_ context: Context) throws -> ExitStatus {
    var order = ImportOrder(path: file)
    order.architecture = architecture?.text
    order.configurationPath = config
    order.trainedOn = trainedOn?.text
    order.only = only
    order.parent = parent?.description
    order.labels = labels ?? []
    let made = try context.workplace.importModel(order)
    try context.show(made) { VersionPage.text(made) }
    return .done
  }
}
