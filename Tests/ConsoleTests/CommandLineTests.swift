import Records
import Testing

@testable import Console

/// Splits a line as a shell does, as far as these tests need: at blanks outside single quotes.
func words(_ line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var isQuoted = false
  for character in line {
    if character == "'" {
      isQuoted.toggle()
      word = word ?? ""
    } else if character == " ", !isQuoted {
      if let finished = word { words.append(finished) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  return words + (word.map { [$0] } ?? [])
}

/// A line that asks for no command where the test needs one.
struct NoCommand: Error {
  let line: String
}

/// The command that a line asks for; a usage error is a failure of the test.
func command<Value: Command>(_ line: String, as type: Value.Type) throws -> Value {
  guard case .run(let command, _) = try Invocation(words(line)) else {
    throw NoCommand(line: line)
  }
  return try #require(command as? Value)
}

/// The usage error of a line.
func usageError(_ line: String) throws -> UsageError? {
  do {
    _ = try Invocation(words(line))
    return nil
  } catch {
    return error
  }
}

@Suite struct CommandLineTests {
  @Test(
    "a line that leaves out all that may be left out is read by the command it names",
    arguments: [
      ("init", "init"), ("dataset add speakers", "dataset add"),
      ("dataset list", "dataset list"), ("dataset show speakers", "dataset show"),
      ("train --dataset d", "train"), ("import w.safetensors --architecture mlp", "import"),
      ("export v4 --to out", "export"),
      ("evaluate --model v1 --dataset d", "evaluate"), ("list", "list"), ("show v1", "show"),
      ("lineage production", "lineage"), ("diff v1 v2", "diff"),
      ("request open R-1 --subject pid=1", "request open"),
      ("request approve R-1 --by Ada", "request approve"),
      ("request refuse R-1 --by Ada --reason none", "request refuse"),
      ("request list", "request list"), ("request show R-1", "request show"),
      ("forget --model v3 --subject pid=1", "forget"), ("verify v5", "verify"),
      ("report v4", "report"), ("promote v5", "promote"), ("rollback --to v3", "rollback"),
      ("derived list", "derived list"), ("derived discard --all", "derived discard"),
      ("policy list", "policy list"), ("policy allow p.json", "policy allow"),
      ("policy withdraw gdpr-art17", "policy withdraw"),
      ("log show", "log show"), ("log prove 3 --to out", "log prove"),
      ("log verify", "log verify"), ("log export --to out", "log export"),
      ("log witness --key k.pem --name aud --state seen", "log witness"),
      ("fsck --repair", "fsck"), ("ledger dump", "ledger dump"),
      ("log clock --correct 'a year ahead'", "log clock"),
      ("log acknowledge 7 --reason seen", "log acknowledge"),
      ("audit", "audit"), ("key list", "key list"), ("key export", "key export"),
    ])
  func bareLines(line: String, name: String) throws {
    guard case .run(let command, _) = try Invocation(words(line)) else {
      Issue.record("'\(line)' runs nothing")
      return
    }
    #expect(type(of: command).page.name == name)
  }

  @Test("the table of bare lines covers every command")
  func everyCommand() throws {
    #expect(Set(commandTable.map { $0.page.name }).count == 39)
    #expect(commandTable.count == 39)
  }

  @Test("every option of forget becomes a value of its own type")
  func forget() throws {
    let line = """
      forget --model production --subject pid=1 --subject class=3 --request DSR-2026-001 \
      --until pass --policy p.json --method imu --scope all --influence diagonal-fisher \
      --select negative --top-ratio 0.8 --l1 1e-4 --update-frequency 2 \
      --batch-normalisation training --epochs 3 --learning-rate 0.01 --seed 7 --dry-run
      """
    let forget = try command(line, as: ForgetCommand.self)
    #expect(forget.model == VersionReference("production"))
    #expect(
      forget.subject == Selector(union: [try Selector("class=3"), try Selector("pid=1")]))
    #expect(forget.request == RequestID("DSR-2026-001"))
    #expect(forget.goal == .pass)
    #expect(forget.policy == "p.json")
    #expect(forget.method == Name("imu"))
    #expect(forget.scope == .all)
    #expect(forget.influence == .diagonalFisher)
    #expect(forget.select == .negative)
    #expect(forget.topRatioPartsPerMillion == 800_000)
    #expect(forget.l1PartsPerBillion == 100_000)
    #expect(forget.updateFrequency == 2)
    #expect(forget.batchNormalisation == .training)
    #expect(forget.epochs == 3)
    #expect(forget.learningRatePartsPerBillion == 10_000_000)
    #expect(forget.seed == 7)
    #expect(forget.isDryRun)
  }

  @Test("forget stops at the floor unless it is told to climb")
  func forgetDefaults() throws {
    let forget = try command("forget --model v3 --subject pid=1", as: ForgetCommand.self)
    #expect(forget.model == .number(3))
    #expect(forget.goal == .warn)
    #expect(forget.request == nil && forget.scope == nil && !forget.isDryRun)
  }

  @Test("every option of train becomes a value of its own type")
  func train() throws {
    let line = """
      train --dataset speakers --parent v2 --architecture resnet18 --only class=1+2 \
      --without pid=1 --without pid=2 --fraction 1/2 --freeze extractor --epochs 30 \
      --learning-rate 0.1 --batch-size 64 --weight-decay 0.0005 --optimiser adam \
      --schedule one-cycle --augmentation shift-flip --shift 3 --seed 18446744 --alias production
      """
    let train = try command(line, as: TrainCommand.self)
    #expect(train.dataset == Name("speakers"))
    #expect(train.parent == .number(2))
    #expect(train.architecture == Name("resnet18"))
    #expect(train.only == (try Selector("class=2+1")))
    #expect(train.without == Selector(union: [try Selector("pid=1"), try Selector("pid=2")]))
    #expect(train.fractionPartsPerMillion == 500_000)
    #expect(train.freeze == .extractor)
    #expect(train.epochs == 30)
    #expect(train.learningRatePartsPerBillion == 100_000_000)
    #expect(train.batchSize == 64)
    #expect(train.weightDecayPartsPerBillion == 500_000)
    #expect(train.optimiser == .adam)
    #expect(train.schedule == .oneCycle)
    #expect(train.augmentation == .shiftFlip)
    #expect(train.greatestShiftPixels == 3)
    #expect(train.seed == 18_446_744)
    #expect(train.alias == Name("production"))
  }

  @Test("a version may have its model before it, and nothing else")
  func models() throws {
    let show = try command("show speakers@v3", as: ShowCommand.self)
    #expect(show.version.description == "speakers@v3")
    for word in ["@v3", "a@", "a@b@v3", "a@v0", "a b@v3"] {
      #expect(VersionReference(word) == nil)
    }
    let alias = try usageError("promote v3 --alias speakers@production")
    #expect(alias?.description.contains("an alias") == true)
  }

  @Test("the other commands read their options")
  func others() throws {
    let add = try command(
      "dataset add gait --format ts --train a.ts --test b.ts --subject-key pid",
      as: DatasetAddCommand.self)
    #expect(add.format == .timeSeries && add.train == ["a.ts"] && add.test == ["b.ts"])
    #expect(add.name == Name("gait") && add.subjectKey == Name("pid"))

    let imported = try command(
      "import w --architecture mlp --trained-on d --only class=1 --parent v1 --labels a,b",
      as: ImportCommand.self)
    #expect(imported.file == "w" && imported.architecture == Name("mlp"))
    #expect(imported.trainedOn == Name("d"))
    #expect(imported.only == (try Selector("class=1")))
    #expect(imported.parent == .number(1) && imported.labels == ["a", "b"])
    #expect(imported.config == nil)

    let open = try command(
      "request open R-1 --subject pid=1 --received 2026-02-28", as: RequestOpenCommand.self)
    #expect(open.received == CalendarDate("2026-02-28") && open.id == RequestID("R-1"))
    let refuse = try command(
      "request refuse R-1 --by 'A. Officer' --reason='--none--'", as: RequestRefuseCommand.self)
    #expect(refuse.by == "A. Officer" && refuse.reason == "--none--")

    let promote = try command("promote v5 --override urgent", as: PromoteCommand.self)
    #expect(promote.alias == Name("production") && promote.override == "urgent")
    let rollback = try command("rollback --to v3 --alias staging", as: RollbackCommand.self)
    #expect(rollback.version == .number(3) && rollback.alias == Name("staging"))
    #expect(try command("verify v5 --re-execute", as: VerifyCommand.self).reExecutes)
    #expect(try command("audit v4", as: AuditCommand.self).version == .number(4))
    #expect(try command("audit", as: AuditCommand.self).version == nil)
    #expect(try command("key export --to k.pub", as: KeyExportCommand.self).file == "k.pub")
    #expect(try command("export v4 --to=out", as: ExportCommand.self).folder == "out")
    #expect(try command("init --model faces", as: InitCommand.self).model == Name("faces"))
    #expect(try command("init", as: InitCommand.self).model == Name("model"))
    let diff = try command("diff v1 -- production", as: DiffCommand.self)
    #expect(diff.old == .number(1) && diff.new == VersionReference("production"))
  }
}
