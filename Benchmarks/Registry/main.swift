import Foundation

// benchmark-registry generate DIRECTORY EVENTS VERSIONS REQUESTS SUBJECTS   a registry of made-up facts
// benchmark-registry measure DIRECTORY                    what its log costs, a line a figure

func stop(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("benchmark-registry: \(reason)\n".utf8))
  exit(64)
}

let words = CommandLine.arguments
do {
  switch (words.count, words.count > 1 ? words[1] : "") {
  case (7, "generate"):
    let numbers = words[3...].compactMap { Int($0) }
    guard numbers.count == 4 else { stop("EVENTS and the others are whole numbers") }
    let (events, versions, requests) = (numbers[0], numbers[1], numbers[2])
    let made = MadeUpRegistry(
      directory: words[2], versions: versions, requests: requests, subjects: numbers[3])
    try made.generate(events: events)
  case (3, "measure"): try LogFigures(directory: words[2]).printAll()
  default: stop("see the first lines of its main.swift")
  }
} catch {
  stop("\(error)")
}
