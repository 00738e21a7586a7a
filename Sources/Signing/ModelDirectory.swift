import Glibc

/// A model as a directory of files on disk, listed strictly.
package enum ModelDirectory {
  /// How many directories deep files are looked for.
  private static let depthLimit = 32

  /// Every regular file below the directory with its digest, sorted by name.
  ///
  /// Links are never followed: each level is opened from the one above. Hidden files count, empty
  /// directories do not. Reads every byte once, in constant memory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - ignoring: Names at the top level that are passed over unopened.
  /// - Returns: The files, by the order of model signatures.
  /// - Throws: `SigningError.file` for a link, fifo, socket or device, or a name that is not UTF-8.
  package static func files(
    at path: String, ignoring: Set<String> = ModelSignature.ignoredPaths()
  ) throws(SigningError) -> [ModelFile] {
    let directory = try FileDescriptor(path, flags: O_DIRECTORY)
    var files: [ModelFile] = []
    try list(directory, prefix: "", depth: 0, into: &files) { name in
      ignoring.contains { $0.utf8.elementsEqual(name.utf8) }
    }
    return files.sorted(by: ModelFile.precedes)
  }

  private static func list(
    _ directory: borrowing FileDescriptor, prefix: String, depth: Int,
    into files: inout [ModelFile], except isIgnored: (String) -> Bool
  ) throws(SigningError) {
    guard depth < depthLimit else { throw .file(.tooDeep(path: directory.path)) }
    for name in try directory.names() where !isIgnored(name) {
      let file = try FileDescriptor(
        name, under: directory.number, as: "\(directory.path)/\(name)")
      if try file.kind() == S_IFDIR {
        try list(file, prefix: "\(prefix)\(name)/", depth: depth + 1, into: &files) { _ in false }
      } else {
        files.append(ModelFile(name: prefix + name, digest: try SHA256.digest(of: file)))
      }
    }
  }
}

extension FileDescriptor {
  /// The names in this directory, without `.` and `..`, in no order.
  fileprivate borrowing func names() throws(SigningError) -> [String] {
    // fdopendir takes its descriptor over, so it gets one of its own.
    let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw .file(.cannotRead(path: path, errno: errno)) }
    guard let stream = unsafe fdopendir(copy) else {
      close(copy)
      throw .file(.cannotRead(path: path, errno: errno))
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
      let text = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      guard let name = unsafe String(validatingCString: text) else {
        throw .file(.nameNotUTF8(directory: path))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .file(.cannotRead(path: path, errno: errno)) }
    return names
  }
}
