import FoundationEssentials
import Glibc

/// What a registry needs of the file system it lies on.
enum FileSystem {
  /// Set to any value, it lets a registry lie on a file system that is refused otherwise.
  static let override = "IMU_REGISTRY_ALLOW_NETWORK"

  /// File systems whose locks and renames are not those of one machine.
  private static let refused: Set<String> = ["nfs", "nfs4", "cifs", "smb3", "smbfs"]

  /// - Throws: `RegistryError.networkFileSystem` for NFS and SMB, unless that is forced.
  static func check(_ path: String) throws(RegistryError) {
    guard let mounts = try? DurableFiles.readWhole("/proc/self/mountinfo"),
      let type = type(of: absolute(path), in: String(decoding: mounts, as: UTF8.self)),
      refused.contains(type), ProcessInfo.processInfo.environment[override] == nil
    else { return }
    throw .networkFileSystem(directory: path, name: type)
  }

  /// A path without links and from the root on; as it is where nothing lies there.
  static func absolute(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The type of the file system that is mounted nearest above a path, after `proc(5)`.
  static func type(of path: String, in mounts: String) -> String? {
    var nearest: (point: String, type: String)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      let point = unescaped(fields[4])
      let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
      if isAbove, point.utf8.count >= nearest?.point.utf8.count ?? 0 {
        nearest = (point, String(fields[dash + 1]))
      }
    }
    return nearest?.type
  }

  /// A field of the table without its escapes: a space is `\040`.
  private static func unescaped(_ field: Substring) -> String {
    var rest = Array(field.utf8)[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"),
        let escaped = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(escaped)
      rest = rest.dropFirst(3)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
