import Records

extension Sample {
  static func measured(
    _ quantity: String, _ role: Role, _ count: Int, _ value: Int?, _ low: Int? = nil,
    _ high: Int? = nil, _ interval: String? = nil
  ) -> Measurement {
    Measurement(
      quantity: quantity, role: role, sampleCount: count, valuePartsPerMillion: value,
      lowPartsPerMillion: low, highPartsPerMillion: high,
      interval: interval ?? (low == nil ? nil : "Clopper-Pearson, 95 %"))
  }

  static let integrity = CheckResult(
    id: "provenance", title: "Where the weights come from", status: .pass, isMandatory: true,
    finding: "all hashes verified; 30 of 30 requested records had a weight other than zero",
    thresholds: ["coveragePartsPerMillion": 1_000_000],
    measurements: [measured("requested records the method reached", .candidate, 30, 1_000_000)])

  static let utility = CheckResult(
    id: "utility-test", title: "Accuracy for other people, test records", status: .pass,
    isMandatory: true,
    finding: "accuracy on the other speakers fell by at most 1.0 points",
    thresholds: ["passDropPartsPerMillion": 10_000, "warnDropPartsPerMillion": 30_000],
    measurements: [
      measured(
        "accuracy on training records that stay", .candidate, 240, 1_000_000, 984_746, 1_000_000),
      measured(
        "accuracy on training records that stay", .original, 240, 1_000_000, 984_746, 1_000_000),
      measured(
        "accuracy on other people's test records", .candidate, 339, 976_401, 954_012, 989_751),
      measured(
        "accuracy on other people's test records", .original, 339, 979_351, 957_831, 991_644),
      measured(
        "accuracy on other people's test records", .reference, 339, 976_401, 954_012, 989_751),
      measured(
        "accuracy on other people's test records, reference 2", .reference, 339, 970_501, 946_514,
        985_757),
      measured(
        "drop against the original on other people's test records", .candidate, 339, 2_950, 0, 8_730
      ),
    ])

  static let forgetting = CheckResult(
    id: "forget-accuracy", title: "Accuracy on the person's records", status: .pass,
    isMandatory: true,
    finding: "the person's answer is given no more often than by the retrained reference",
    thresholds: ["marginPartsPerMillion": 20_000],
    measurements: [
      measured("accuracy on the forget set", .candidate, 30, 0, 0, 115_703),
      measured("accuracy on the forget set", .original, 30, 1_000_000, 884_297, 1_000_000),
      measured("accuracy on the forget set", .reference, 30, 0, 0, 115_703),
      measured("accuracy on held-out records of the person", .candidate, 31, 0, 0, 112_188),
      measured(
        "accuracy on held-out records of the person", .original, 31, 1_000_000, 887_812, 1_000_000),
      measured("accuracy on held-out records of the person", .reference, 31, 0, 0, 112_188),
    ])

  static let membership = CheckResult(
    id: "population-membership", title: "Membership inference, population attack",
    status: .inconclusive,
    isMandatory: true,
    finding: "30 records are too few: the interval reaches past both bounds",
    thresholds: [
      "passAreaDifferencePartsPerMillion": 50_000, "passTruePositiveRatePartsPerMillion": 30_000,
      "passMinimumForgetRecords": 512,
    ],
    measurements: [
      measured(
        "area under the curve, forget set against held-out records", .candidate, 61, 512_903,
        365_120, 660_686, "DeLong, 95 %"),
      measured(
        "area under the curve, forget set against held-out records", .original, 61, 724_731,
        595_402, 854_060, "DeLong, 95 %"),
      measured(
        "area under the curve, forget set against held-out records", .reference, 61, 498_925,
        350_007, 647_843, "DeLong, 95 %"),
      measured("forget records found at 1 % false alarms", .candidate, 30, 33_333, 844, 172_169),
      measured("forget records found at 1 % false alarms", .original, 30, 100_000, 21_118, 265_289),
    ])

  static let distance = CheckResult(
    id: "output-distance", title: "Distance of the outputs to retrained models", status: .warn,
    isMandatory: false,
    finding: "farther from the reference than references are from each other",
    thresholds: ["passRatioPartsPerMillion": 1_500_000],
    measurements: [
      measured(
        "Wasserstein-1 distance to the references' outputs on the forget set", .candidate, 370,
        21_408),
      measured(
        "Wasserstein-1 distance to the references' outputs on the forget set", .original, 370,
        97_411),
      measured(
        "Wasserstein-1 distance to the references' outputs on the forget set", .reference, 370,
        9_117),
    ])

  static let probe = CheckResult(
    id: "probe", title: "What the features still tell", status: .notAssessed, isMandatory: true,
    finding: "the probe is not built yet", thresholds: [:], measurements: [])

  static let names = [
    "speaker 1", "speaker 2", "speaker 3", "speaker 4", "speaker 5", "speaker 6", "speaker 7",
    "speaker 8", "speaker 9",
  ]

  static let classes: [ClassAccuracy] = zip(
    names,
    [
      (31, 31, 0, 0), (35, 34, 34, 34), (88, 86, 85, 85), (44, 44, 44, 44), (29, 27, 27, 28),
      (24, 24, 24, 24), (40, 40, 40, 40), (50, 48, 48, 47), (29, 29, 29, 29),
    ]
  ).enumerated().map { index, row in
    ClassAccuracy(
      label: index, name: row.0, testCount: row.1.0, originalCorrect: row.1.1,
      candidateCorrect: row.1.2, referenceCorrect: row.1.3)
  }

  static let distributions: [Distribution] = {
    let quantity = "confidence in the true class"
    let heldOut = "held-out records of the person"
    return [
      Distribution(
        quantity: quantity, role: .original, records: "forget set",
        counts: [0, 0, 0, 0, 0, 0, 0, 0, 0, 30]),
      Distribution(
        quantity: quantity, role: .original, records: heldOut,
        counts: [0, 0, 0, 1, 0, 1, 2, 1, 3, 23]),
      Distribution(
        quantity: quantity, role: .candidate, records: "forget set",
        counts: [28, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
      Distribution(
        quantity: quantity, role: .candidate, records: heldOut,
        counts: [25, 3, 2, 1, 0, 0, 0, 0, 0, 0]),
      Distribution(
        quantity: quantity, role: .reference, records: "forget set",
        counts: [29, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
      Distribution(
        quantity: quantity, role: .reference, records: heldOut,
        counts: [29, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
    ]
  }()

  static let tensors: [TensorChange] = [
    TensorChange(
      name: "conv1.weight", part: .extractorParameter, elementCount: 2304, changedCount: 0,
      relativeChangePartsPerMillion: 0),
    TensorChange(
      name: "bn1.running_mean", part: .extractorBuffer, elementCount: 64, changedCount: 0,
      relativeChangePartsPerMillion: 0),
    TensorChange(
      name: "classifier.weight", part: .classifierParameter, elementCount: 1152, changedCount: 1152,
      relativeChangePartsPerMillion: 412_044),
    TensorChange(
      name: "classifier.bias", part: .classifierParameter, elementCount: 9, changedCount: 9,
      relativeChangePartsPerMillion: nil),
  ]

  static let checks = [integrity, utility, forgetting, membership, distance, probe]
  static let evidence = Evidence(
    checks: checks, classes: classes, distributions: distributions, tensors: tensors)
}
