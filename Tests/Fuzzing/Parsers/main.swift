import Foundation
import Meter

// fuzz-parsers list                          the parsers, one a line: name, longest input
// fuzz-parsers seeds PARSER FOLDER           writes its seeds, and dictionary.txt beside FOLDER
// fuzz-parsers run PARSER [OPTION|FOLDER]…   libFuzzer's loop, or the inputs named

func stop(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("fuzz-parsers: \(reason)\n".utf8))
  exit(64)
}

let words = CommandLine.arguments
let target: FuzzTarget =
  if words.count > 2, let found = FuzzTargets.all.first(where: { $0.name == words[2] }) {
    found
  } else { FuzzTargets.all[0] }

/// Reads one input, and dies where more memory was in use than its size allows.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  meter_begin()
  do {
    try target.parse(bytes)
  } catch {}
  let most = meter_end()
  if most > target.memoryLimit(inputSize: size) {
    stop("over-allocation: \(most) bytes in use for an input of \(size)")
  }
  return 0
}

/// A line of libFuzzer's dictionary.
func line(_ token: [UInt8]) -> String {
  let digits = token.map { byte in
    let hex = String(byte, radix: 16)
    return "\\x" + (hex.count < 2 ? "0" : "") + hex
  }
  return "\"\(digits.joined())\"\n"
}

switch words.dropFirst().first {
case "list":
  for target in FuzzTargets.all { print(target.name, target.lengthLimit) }
case "seeds" where words.count == 4:
  let folder = URL(filePath: words[3])
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (name, seed) in target.seeds {
    do {
      try target.parse(seed)
    } catch {
      print("\(target.name): the seed '\(name)' is refused: \(error)")
    }
    try Data(seed).write(to: folder.appending(path: "seed-\(name)"))
  }
  try Data(target.tokens.map(line).joined().utf8)
    .write(to: folder.deletingLastPathComponent().appending(path: "dictionary.txt"))
case "run" where words.count > 2:
  var arguments: [UnsafeMutablePointer<CChar>?] =
    ([words[0]] + words.dropFirst(3)).map { strdup($0) } + [nil]
  var count = CInt(arguments.count - 1)
  exit(
    arguments.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return LLVMFuzzerRunDriver(&count, &start, readOne)
    })
default:
  stop("usage: fuzz-parsers list | seeds PARSER FOLDER | run PARSER [OPTION|FOLDER]…")
}
