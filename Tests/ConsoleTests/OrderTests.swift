import Operations
import Records
import Testing

@testable import Console

@Suite struct OrderTests {
  @Test("the options of forget are the choices and constants of the methods")
  func forget() throws {
    let line = """
      forget --model production --subject pid=1 --request R-1 --until pass --policy p.json \
      --method imu --scope all --influence diagonal-fisher --select negative --top-ratio 0.8 \
      --l1 1e-4 --update-frequency 2 --batch-normalisation training --epochs 3 \
      --learning-rate 0.01 --seed 7 --dry-run
      """
    let order = try command(line, as: ForgetCommand.self).order
    #expect(order.model == "production" && order.subject.canonicalText == "pid=1")
    #expect(order.request == "R-1" && order.target == .pass && order.policyPath == "p.json")
    #expect(order.method == "imu" && order.seed == 7 && order.isDryRun)
    #expect(
      order.choices == [
        "scope": "all", "influence": "diagonal-fisher", "select": "negative",
        "batchNormalisation": "training",
      ])
    #expect(
      order.constants == [
        "topRatioPartsPerMillion": 800_000, "l1StrengthPartsPerBillion": 100_000,
        "updateFrequency": 2, "epochCount": 3, "learningRatePartsPerBillion": 10_000_000,
      ])
  }

  @Test("what forget is not told is left to the policy")
  func forgetDefaults() throws {
    let order = try command("forget --model v3 --subject pid=1", as: ForgetCommand.self).order
    #expect(order.target == nil && order.method == nil && order.policyPath == nil)
    #expect(order.choices.isEmpty && order.constants.isEmpty && !order.isDryRun)
  }

  @Test("the options of train are the choices and constants of training")
  func train() throws {
    let line = """
      train --dataset d --parent v2 --architecture mlp --only class=1 --without pid=1 \
      --fraction 1/2 --freeze extractor --epochs 30 --learning-rate 0.1 --batch-size 64 \
      --weight-decay 0.0005 --optimiser sgd --schedule step --augmentation shift-flip \
      --shift 3 --seed 9 --alias production
      """
    let order = try command(line, as: TrainCommand.self).order
    #expect(order.dataset == "d" && order.parent == "v2" && order.architecture == "mlp")
    #expect(order.only?.canonicalText == "class=1" && order.without?.canonicalText == "pid=1")
    #expect(order.fractionPartsPerMillion == 500_000 && order.freezesExtractor)
    #expect(
      order.choices == [
        "optimiser": "sgd", "schedule": "step", "augmentation": "shift-flip",
      ])
    #expect(
      order.constants == [
        "epochCount": 30, "learningRatePartsPerBillion": 100_000_000, "batchSize": 64,
        "weightDecayPartsPerBillion": 500_000, "greatestShiftPixels": 3,
      ])
    #expect(order.seed == 9 && order.alias == "production")
    let plain = try command("train --dataset d", as: TrainCommand.self).order
    #expect(plain.choices.isEmpty && plain.constants.isEmpty && !plain.freezesExtractor)
  }
}
