/// Every parser that is fuzzed; a new one is a file and a line here.
enum FuzzTargets {
  static let all: [FuzzTarget] = [
    .safetensors, .pickle, .idx, .cifar, .ts, .json,
    .subjects, .pictures, .selectors, .envelopes, .notes, .events, .states, .records, .proofs,
  ]
}
