import Glibc
import Unlearning

// What unlearning costs: `benchmark-unlearning influence RECORDS FEATURES CLASSES THREADS`.

/// The processor's seconds this process has had.
func processorSeconds() -> Double {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
}

let words = CommandLine.arguments
let numbers = words.dropFirst(2).compactMap(Int.init)
guard words.count == 6, words[1] == "influence", numbers.count == 4 else { exit(64) }
let workload = try InfluenceWorkload(
  records: numbers[0], features: numbers[1], classes: numbers[2], threads: numbers[3])
for _ in 0..<5 {
  let start = ContinuousClock.now
  let before = processorSeconds()
  let influence = workload.run()
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  print(seconds, processorSeconds() - before, influence.solverIterations, influence.solverRelativeResidual)
}
