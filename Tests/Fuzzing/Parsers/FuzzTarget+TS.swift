import Datasets

extension FuzzTarget {
  /// A `.ts` file of series.
  static let ts = FuzzTarget(
    name: "ts",
    seeds: [
      "two": [UInt8](
        text: """
          # a comment
          @problemName Two
          @timeStamps false
          @missing false
          @univariate false
          @dimensions 2
          @equalLength true
          @seriesLength 3
          @classLabel true 1 2
          @data
          0.5,1,-2:3,4e-1,5:1
          6,7,8:9,10,11:2
          """),
      "short": [UInt8](text: "@univariate true\n@classLabel true a\n@data\n1,2:a\n3:a\n"),
    ],
    tokens: [
      "@problemName", "@timeStamps", "@missing", "@univariate true", "@dimension",
      "@dimensions 4096",
      "@equalLength true", "@seriesLength", "@classLabel true", "@data\n", "true", "false", ":",
      ",",
      "1e38", "1e-400", "nan", "?", "::::::::", ",,,,,,,,",
    ].map { [UInt8](text: $0) },
    parse: { bytes in
      let document = try TSParser.parse(bytes, file: "f")
      let count = document.cases.reduce(0) { $0 + $1.values.count }
      precondition(count <= bytes.count, "more values than bytes")
    })
}
