import Foundation
import Glibc
import Unlearning

// What unlearning costs; Benchmarks/run prints it as a table.
//
// `benchmark-unlearning influence RECORDS FEATURES CLASSES THREADS`: seconds and iterations of a
// solve, five times, then the memory in use before and at the peak, in kibibytes.
// `benchmark-unlearning forgetting RECORDS THREADS`: seconds of a forward pass, of the first and of
// the second request and of opening what is kept for the second, then how many records each request
// sent through the extractor; five times.

/// A figure of memory of this process in kibibytes, such as `VmHWM`.
func memory(_ name: String) throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
  return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
}

/// Gives back what is free, begins the peak anew, and says what is in use.
func restartPeak() throws -> Int {
  // Swift's module of the C library leaves malloc.h out.
  if let trim = unsafe dlsym(nil, "malloc_trim") {
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafe unsafeBitCast(trim, to: Trim.self)(0)
  }
  try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  return try memory("VmRSS")
}

let words = CommandLine.arguments.dropFirst()
let numbers = words.dropFirst().compactMap(Int.init)
switch (words.first, numbers.count, numbers.allSatisfy { $0 > 0 }) {
case ("influence", 4, true):
  let workload = try InfluenceWorkload(
    records: numbers[0], features: numbers[1], classes: numbers[2], threads: numbers[3])
  let before = try restartPeak()
  for _ in 0..<5 {
    let start = ContinuousClock.now
    let influence = workload.run()
    print((ContinuousClock.now - start) / .seconds(1), influence.solverIterations)
  }
  print(before, try memory("VmHWM"))
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
