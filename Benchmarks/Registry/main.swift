import Foundation

// benchmark-registry generate DIRECTORY EVENTS VERSIONS REQUESTS   makes a registry of made-up facts
// benchmark-registry measure DIRECTORY                             what its log costs, a line a figure

func stop(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("benchmark-registry: \(reason)\n".utf8))
  exit(64)
}

let words = CommandLine.arguments
do {
  switch (words.count, words.count > 1 ? words[1] : "") {
  case (6, "generate"):
    guard let events = Int(words[3]), let versions = Int(words[4]), let requests = Int(words[5])
    else { stop("EVENTS, VERSIONS and REQUESTS are whole numbers") }
    let made = MadeUpRegistry(directory: words[2], versions: versions, requests: requests)
    try made.generate(events: events)
  case (3, "measure"): try LogFigures(directory: words[2]).printAll()
  default: stop("see the first lines of its main.swift")
  }
} catch {
  stop("\(error)")
}
