import Foundation
import Testing

@testable import Registry

@Suite("The log as static files")
struct LogExportTests {
  @Test(
    "what cannot be written is the system's failure with its own reason, and no flaw of the log",
    arguments: [("tile", "make folder"), ("checkpoint/x", "write")])
  func unwritable(inTheWay: String, operation: String) throws {
    let registry = try TemporaryRegistry()
    let out = registry.path("out")
    // A file where a folder must be made, or a folder under the name that a file waits under.
    let isFile = inTheWay == "tile"
    let way = isFile ? "\(out)/tile" : "\(out)/checkpoint.\(getpid())"
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: isFile ? out : way, withIntermediateDirectories: true)
    if isFile { try Data([1]).write(to: URL(filePath: way)) }
    let error = #expect(throws: RegistryError.self) { try registry.open().exportLog(to: out) }
    let reason = isFile ? "Not a directory" : "Is a directory"
    #expect(error?.description.hasSuffix(": \(reason)") == true)
    #expect(error?.isCorruption == false)
  }
}
