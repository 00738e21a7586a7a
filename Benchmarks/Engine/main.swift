import Glibc
import NeuralNetworks

// The engine's side of Benchmarks/run: it measures one workload and prints one line a repetition.
// Usage: benchmark-engine WORKLOAD BATCH THREADS; a line read runs one repetition, and the time in
// seconds and the peak memory so far in KiB are printed.

setvbuf(stdout, nil, _IOLBF, 0)
let words = CommandLine.arguments
guard words.count == 4, let batch = Int(words[2]), let threads = Int(words[3]), batch > 1, threads > 0,
  var workload = try Workload(words[1], batch: batch, threads: threads)
else {
  print("usage: benchmark-engine \(Workload.names.joined(separator: "|")) BATCH THREADS")
  exit(64)
}

func peakMemory() -> Int {
  var usage = rusage()
  getrusage(RUSAGE_SELF, &usage)
  return usage.ru_maxrss
}

while readLine() != nil {
  let duration = ContinuousClock().measure { workload.run() }
  let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  print(seconds, peakMemory())
}
