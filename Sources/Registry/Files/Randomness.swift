import Signing

/// The system's random source, as this room asks it.
enum Randomness {
  static func bytes(_ count: Int) throws(RegistryError) -> [UInt8] {
    do throws(SigningError) {
      // The source gives so much at a time.
      var bytes: [UInt8] = []
      while bytes.count < count { bytes += try RandomBytes.make(min(count - bytes.count, 1 << 20)) }
      return bytes
    } catch {
      throw .system(operation: "draw", path: "random bytes", reason: "\(error)")
    }
  }
}
