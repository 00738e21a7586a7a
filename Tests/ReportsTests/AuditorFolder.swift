import Foundation
import Records
import Signing
import Testing

@testable import Reports

/// A report's folder as an auditor gets it, signed with the openssl command.
struct AuditorFolder {
  static let origin = "imu-registry.example/log"
  static let roles = ["engine", "verifier", "log"]
  static let hasTools = ["openssl", "base64", "od", "sed", "awk", "sha256sum"].allSatisfy { tool in
    ["/usr/bin", "/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
  }
  static let statement = Array("{\"predicateType\":\"\(Certificate.predicateType)\"}".utf8)

  let url: URL
  let files: AuditorFiles

  /// Makes keys, certificate, event, proof and script.
  init(
    files: AuditorFiles = AuditorFiles(modelDirectory: "v4"), certificate: [UInt8] = statement,
    kind: String = "certificate-issued", names: String? = nil, index: Int = 3, of size: Int = 7,
    extra: String = "", signers: [String] = ["engine", "verifier"]
  ) throws {
    self.files = files
    url = FileManager.default.temporaryDirectory.appending(path: "imu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (role, name) in zip(Self.roles, [files.engineKey, files.verifierKey, files.logKey]) {
      let made = try Self.run(
        ["/bin/sh", "-c", Self.generate, "\(role).pem", name], in: url)
      try #require(made.status == 0)
    }
    let issued = try envelope(certificate, type: "application/vnd.in-toto+json", signers) + [0x0A]
    try write(issued, to: files.certificate)
    let name = names ?? SHA256.digest(of: issued).description
    let event = try envelope(
      Array("{\"envelope\":\"\(name)\",\"kind\":\"\(kind)\"}".utf8),
      type: "application/vnd.imu-registry.event+json", signers)
    try write(event, to: files.event)
    let leaves = (0..<size).map { Tree.leaf($0 == index ? event : [UInt8($0 & 255)]) }
    let checkpoint = try checkpoint(size, root: Tree.root(leaves[...]))
    let hashes = Tree.path(index, leaves[...]).map { Self.base64($0) + "\n" }.joined()
    let proof = "c2sp.org/tlog-proof@v1\n\(extra)index \(index)\n\(hashes)\n\(checkpoint)"
    try write(Array(proof.utf8), to: files.proof)
    try write(Array(AuditorScript(files: files).text.utf8), to: files.script)
  }

  private static let generate =
    "openssl genpkey -algorithm ed25519 -out \"$0\" && openssl pkey -in \"$0\" -pubout -out \"$1\""

  private func envelope(_ payload: [UInt8], type: String, _ signers: [String]) throws -> [UInt8] {
    let pae = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    let entries = try signers.map { role in
      let key = SHA256.digest(
        of: try bytes(of: role == "engine" ? files.engineKey : files.verifierKey))
      let signature = Self.base64(try sign(pae, by: role))
      return "{\"keyid\":\"\(key.hex)\",\"sig\":\"\(signature)\"}"
    }
    let head = "{\"payload\":\"\(Self.base64(payload))\",\"payloadType\":\"\(type)\","
    return Array((head + "\"signatures\":[\(entries.joined(separator: ","))]}").utf8)
  }

  /// A signed note by the key of the log, which has the name of the log.
  private func checkpoint(_ size: Int, root: [UInt8]) throws -> String {
    let note = "\(Self.origin)\n\(size)\n\(Self.base64(root))\n"
    let lines = String(decoding: try bytes(of: files.logKey), as: UTF8.self).split(separator: "\n")
    let key = try #require(Data(base64Encoded: String(lines[1])))
    let id = SHA256.digest(of: Array("\(Self.origin)\n\u{1}".utf8) + key.suffix(32)).bytes.prefix(4)
    return
      "\(note)\n— \(Self.origin) \(Self.base64(id + (try sign(Array(note.utf8), by: "log"))))\n"
  }

  private static func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
  }

  private func sign(_ message: [UInt8], by role: String) throws -> [UInt8] {
    try write(message, to: "message")
    let signed = try run(
      "openssl pkeyutl -sign -inkey \(role).pem -rawin -in message -out signature")
    try #require(signed.status == 0)
    return try bytes(of: "signature")
  }
}

extension AuditorFolder {
  func remove() { try? FileManager.default.removeItem(at: url) }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appending(path: name)))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: url.appending(path: name))
  }

  /// Flips a bit of a byte.
  func change(_ name: String, at offset: Int) throws {
    var bytes = try bytes(of: name)
    bytes[offset] ^= 1
    try write(bytes, to: name)
  }

  /// Runs the script of the folder.
  func check() throws -> (status: Int32, output: String) {
    try Self.run(["/bin/sh", files.script], in: url)
  }

  func run(_ commands: String) throws -> (status: Int32, output: String) {
    try Self.run(["/bin/sh", "-c", commands], in: url)
  }

  static func run(_ words: [String], in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
