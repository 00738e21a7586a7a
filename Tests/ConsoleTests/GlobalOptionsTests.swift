import Testing

@testable import Console

@Suite struct GlobalOptionsTests {
  private func options(
    _ line: String, environment: [String: String] = [:], coreCount: Int = 4
  ) throws -> GlobalOptions {
    let invocation = try Invocation(
      words(line), environment: environment, coreCount: coreCount)
    guard case .run(_, let options) = invocation else { throw NoCommand(line: line) }
    return options
  }

  @Test(
    "global options stand before the command, after it, or on both sides",
    arguments: [
      "--registry r --threads 2 --json --quiet dataset show d",
      "dataset show d --registry r --threads 2 --json --quiet",
      "dataset show --json --registry=r d --quiet --threads=2",
      "--registry=r --json dataset show --threads 2 d --quiet",
    ])
  func positions(line: String) throws {
    let read = try options(line)
    #expect(read.registry == "r" && read.threadCount == 2 && read.wantsJSON && read.isQuiet)
  }

  @Test("the registry is the option's, else the variable's, else the folder here")
  func registry() throws {
    #expect(try options("list", environment: ["IMU_REGISTRY": "e"]).registry == "e")
    #expect(try options("list", environment: ["IMU_REGISTRY": ""]).registry == "./Registry")
    #expect(try options("list").registry == "./Registry")
    #expect(
      try options("list --registry r", environment: ["IMU_REGISTRY": "e"]).registry == "r")
  }

  @Test("all cores are used, but never more threads than can be asked for")
  func threads() throws {
    #expect(try options("list", coreCount: 4).threadCount == 4)
    #expect(try options("list", coreCount: 1000).threadCount == 256)
    #expect(try options("list", coreCount: 0).threadCount == 1)
    #expect(try options("list --threads 256").threadCount == 256)
  }

  @Test("text and progress are what is asked for by silence")
  func defaults() throws {
    let read = try options("list")
    #expect(!read.wantsJSON && !read.isQuiet)
  }
}
