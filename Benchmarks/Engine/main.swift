import Glibc
import NeuralNetworks

// The engine's side of Benchmarks/run: `benchmark-engine WORKLOAD BATCH THREADS`. Every line read
// runs the workload once and prints the seconds it took.
//
// And of Scripts/compare-pytorch: `benchmark-engine gradients ARCHITECTURE STEM MODE GIVEN FOUND`.

let words = CommandLine.arguments
if words.count == 7, words[1] == "gradients", let stem = Int(words[3]),
  ["frozen", "training"].contains(words[4])
{
  try GradientCase.run(
    words[2], stem: stem, mode: words[4] == "frozen" ? .frozen : .training, given: words[5],
    found: words[6])
  exit(0)
}
guard words.count == 4, let batch = Int(words[2]), let threads = Int(words[3]), batch > 1,
  threads > 0, var workload = try Workload(words[1], batch: batch, threads: threads)
else {
  print("usage: benchmark-engine \(Workload.names.joined(separator: "|")) BATCH THREADS")
  exit(64)
}

while readLine() != nil {
  let duration = ContinuousClock().measure { workload.run() }.components
  print(Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
  fflush(nil)
}
