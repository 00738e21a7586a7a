import Foundation
import Records
import Testing

@testable import Reports

@Suite("The auditor's script", .enabled(if: AuditorFolder.hasTools))
struct AuditorScriptTests {
  @Test(
    "an honest folder is good, wherever in the log its event is",
    arguments: [(0, 1), (1, 2), (3, 7), (6, 7), (12, 13), (256, 300), (299, 300)])
  func honest(index: Int, size: Int) throws {
    let folder = try AuditorFolder(index: index, of: size)
    defer { folder.remove() }
    let (status, output) = try folder.check()
    #expect(status == 0)
    #expect(
      output == """
        good: the signature of the engine on the certificate
        good: the signature of the verifier on the certificate
        good: the signature of the engine on the event
        good: the signature of the verifier on the event
        good: the event issues this certificate
        good: the event is entry \(index) of the \(size) in the log
        good: the signature of the log on the checkpoint

        """)
  }

  @Test("the order of the signatures, an extra line and odd names change nothing")
  func odd() throws {
    let files = AuditorFiles(
      engineKey: "it's $HOME's; key", certificate: "a b.jsonl", proof: "-p", modelDirectory: "v4")
    let folder = try AuditorFolder(
      files: files, extra: "extra YQ==\n", signers: ["verifier", "engine"])
    defer { folder.remove() }
    #expect(try folder.check().status == 0)
  }

  @Test("it checks the folder it lies in, wherever it is run from")
  func elsewhere() throws {
    let folder = try AuditorFolder()
    defer { folder.remove() }
    let above = folder.url.deletingLastPathComponent()
    let name = folder.url.lastPathComponent
    for script in [
      "\(folder.url.path)/check.sh", "\(name)/check.sh", "./\(name)/../\(name)/check.sh",
    ] {
      let (status, output) = try AuditorFolder.run(["/bin/sh", script], in: above)
      #expect(status == 0, "\(output)")
    }
  }

  static let names = [
    "certificate.intoto.jsonl", "certificate.event.json", "certificate.tlog-proof",
    "engine.pub.pem", "verifier.pub.pem", "log.pub.pem",
  ]

  @Test("a changed, lost or added byte is found in every file", arguments: names)
  func changed(name: String) throws {
    let folder = try AuditorFolder()
    defer { folder.remove() }
    let bytes = try folder.bytes(of: name)
    var changes: [[UInt8]] = [[], bytes.dropLast(), bytes + [0x0A], [0x20] + bytes]
    changes.append(Array(bytes.prefix(20)) + [0] + bytes.dropFirst(20))
    for offset in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 17)) {
      var change = bytes
      change[offset] ^= offset.isMultiple(of: 2) ? 1 : 0x20
      changes.append(change)
    }
    for (number, change) in changes.enumerated() {
      try folder.write(change, to: name)
      let (status, output) = try folder.check()
      #expect(status == 1 && output.contains("BAD: "), "change \(number)")
    }
  }

  @Test("a file that is not there is bad", arguments: names)
  func missing(name: String) throws {
    let folder = try AuditorFolder()
    defer { folder.remove() }
    try FileManager.default.removeItem(at: folder.url.appending(path: name))
    #expect(try folder.check().status == 1)
  }

  @Test("what is well signed but says something else is bad")
  func otherwise() throws {
    let folders = try [
      AuditorFolder(kind: "request-closed"),
      AuditorFolder(names: Sample.digest(1).description),
      AuditorFolder(certificate: Array("{\"predicateType\":\"https://example.com\"}".utf8)),
      AuditorFolder(signers: ["engine"]),
      AuditorFolder(signers: ["engine", "engine"]),
      AuditorFolder(signers: ["engine", "verifier", "engine"]),
      AuditorFolder(
        files: AuditorFiles(
          engineKey: "one.pub.pem", verifierKey: "one.pub.pem", modelDirectory: "v4"),
        signers: ["verifier", "verifier"]),
    ]
    for (number, folder) in folders.enumerated() {
      let (status, output) = try folder.check()
      #expect(status == 1 && output.contains("BAD: "), "folder \(number)")
      folder.remove()
    }
  }

  @Test("a key that is not Ed25519 is bad, and so is a log kept with another key")
  func keys() throws {
    let folder = try AuditorFolder()
    defer { folder.remove() }
    let honest = try folder.bytes(of: "log.pub.pem")
    try folder.write(try folder.bytes(of: "engine.pub.pem"), to: "log.pub.pem")
    #expect(try folder.check().output.contains("BAD: the checkpoint does not have one signature"))
    try folder.write(honest, to: "log.pub.pem")
    let made = try folder.run(
      """
      openssl ecparam -name prime256v1 -genkey -noout -out other.pem &&
        openssl pkey -in other.pem -pubout -out engine.pub.pem
      """)
    try #require(made.status == 0)
    #expect(try folder.check().output == "BAD: 'engine.pub.pem' is no Ed25519 key\n")
  }
}
