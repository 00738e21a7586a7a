import Glibc
import Unlearning

// What unlearning costs; Benchmarks/run prints it as a table.
//
// `benchmark-unlearning influence RECORDS FEATURES CLASSES THREADS`: seconds and iterations of a
// solve, five times, and the peak of memory in kibibytes.
// `benchmark-unlearning forgetting RECORDS THREADS`: seconds of a forward pass, of the first and of
// the second request and of opening what is kept for the second, then how many records each request
// sent through the extractor; five times.

/// The most memory this process has had, in kibibytes.
func peakMemory() -> Int {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss
}

let words = CommandLine.arguments.dropFirst()
let numbers = words.dropFirst().compactMap(Int.init)
switch (words.first, numbers.count, numbers.allSatisfy { $0 > 0 }) {
case ("influence", 4, true):
  let workload = try InfluenceWorkload(
    records: numbers[0], features: numbers[1], classes: numbers[2], threads: numbers[3])
  let before = peakMemory()
  for _ in 0..<5 {
    let start = ContinuousClock.now
    let influence = workload.run()
    print((ContinuousClock.now - start) / .seconds(1), influence.solverIterations)
  }
  print("\(before) \(peakMemory())")
case ("forgetting", 2, true):
  for _ in 0..<5 {
    let workload = try ForgettingWorkload(records: numbers[0], threads: numbers[1])
    defer { workload.remove() }
    let forward = try workload.forward()
    let first = try workload.firstRequest()
    let (second, opening) = try workload.secondRequest()
    print(forward, first.seconds, second.seconds, opening, first.made, second.made)
    fflush(nil)
  }
default:
  print("usage: benchmark-unlearning influence RECORDS FEATURES CLASSES THREADS")
  print("       benchmark-unlearning forgetting RECORDS THREADS")
  exit(64)
}
