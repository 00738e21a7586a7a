// swift-tools-version: 6.2
import PackageDescription

/// The rules every Swift target is held to.
let rules: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A room of the house: its dependencies are the only rooms it may import.
func room(_ name: String, imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: rules)
}

/// Tests are held to the same, but for the marks of unsafe expressions that `#expect` would need.
let testRules: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func tests(
  _ name: String, imports: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: imports, exclude: exclude, swiftSettings: testRules)
}

let package = Package(
  name: "imu-registry",
  products: [.executable(name: "imu-registry", targets: ["imu-registry"])],
  dependencies: [],
  targets: [
    // Pipes: C libraries of the distribution, and the two C targets of our own.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // No pkgConfig here: it would link the library, which must be loaded late, once its kernel is
    // chosen.
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // Inflates gzip'd data files.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // PNG and JPEG by the reference library of the one and the distribution's library of the other,
    // rather than by an imaging library over both: they decode from memory, say the size of a
    // picture before a pixel is allocated, report errors as values, and bring no other formats to
    // be attacked through. One target, as its module map links both; the headers lie where every
    // compiler looks.
    .systemLibrary(
      name: "CImageCodecs", providers: [.apt(["libpng-dev", "libturbojpeg0-dev"])]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])]),
    .target(
      name: "CJapaneseVowels", exclude: ["ATTRIBUTION.md", "japanese-vowels.bin"],
      cSettings: [.unsafeFlags(["-std=c23"])]),
    .target(name: "CPolicies", cSettings: [.unsafeFlags(["-std=c23"])]),

    // Rooms.
    room("Records"),
    room("Signing", imports: ["Records", "COpenSSL"]),
    room("TransparencyLog", imports: ["Records", "Signing"]),
    room("NeuralNetworks", imports: ["Records", "COpenBLAS", "CKernels"]),
    room("Datasets", imports: ["Records", "CJapaneseVowels", "CZlib", "CImageCodecs"]),
    room("Unlearning", imports: ["NeuralNetworks", "Records"]),
    room("Verification", imports: ["NeuralNetworks", "Records"]),
    room("Registry", imports: ["Records", "Signing", "TransparencyLog", "CSQLite"]),
    room("Reports", imports: ["Records"]),
    room(
      "Operations",
      imports: [
        "Records", "Signing", "NeuralNetworks", "Datasets", "Unlearning", "Verification",
        "TransparencyLog", "Registry", "Reports", "CPolicies",
      ]),
    room("Console", imports: ["Operations", "Records"]),
    .executableTarget(name: "imu-registry", dependencies: ["Console"], swiftSettings: rules),

    // The engine's side of Benchmarks/run, which compares it with PyTorch.
    .executableTarget(
      name: "benchmark-engine", dependencies: ["NeuralNetworks"], path: "Benchmarks/Engine",
      swiftSettings: rules),

    // What unlearning costs; Benchmarks/run prints it, too.
    .executableTarget(
      name: "benchmark-unlearning",
      dependencies: ["NeuralNetworks", "Unlearning", "Records", "Operations", "Registry"],
      path: "Benchmarks/Unlearning", swiftSettings: rules),

    // What a registry of many events costs; Benchmarks/registry prints it.
    .executableTarget(
      name: "benchmark-registry", dependencies: ["Records", "Registry", "Signing"],
      path: "Benchmarks/Registry", swiftSettings: rules),

    // Tests, a target a room.
    tests("RecordsTests", imports: ["Records"]),
    tests("SigningTests", imports: ["Signing", "Records"]),
    tests(
      "TransparencyLogTests", imports: ["TransparencyLog", "Signing", "Records"],
      exclude: ["Vectors"]),
    tests(
      "NeuralNetworksTests", imports: ["NeuralNetworks", "Records", "CKernels"],
      exclude: ["Figures/Gradients"]
    ),
    tests("DatasetsTests", imports: ["Datasets", "Records"]),
    tests("UnlearningTests", imports: ["Unlearning", "NeuralNetworks", "Records"]),
    tests("VerificationTests", imports: ["Verification", "NeuralNetworks", "Records"]),
    tests("RegistryTests", imports: ["Registry", "TransparencyLog", "Signing", "Records"]),
    tests("ReportsTests", imports: ["Reports", "Signing", "Records"]),
    tests(
      "OperationsTests",
      imports: [
        "Operations", "Registry", "TransparencyLog", "Datasets", "NeuralNetworks", "Signing",
        "Records",
      ], exclude: ["Fixtures"]),
    tests("ConsoleTests", imports: ["Console", "Operations", "Records"]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzers that Scripts/fuzz builds, with every room instrumented; no other build has them.
if Context.environment["IMU_FUZZING"] == "1" {
  package.targets += [
    .target(name: "Meter", path: "Tests/Fuzzing/Meter"),
    .executableTarget(
      name: "fuzz-parsers",
      dependencies: [
        "Datasets", "Meter", "NeuralNetworks", "Records", "Registry", "Signing", "TransparencyLog",
      ],
      path: "Tests/Fuzzing/Parsers", swiftSettings: testRules),
  ]
}
