import Glibc

/// How much of the machine's memory this process has, as the system counts it.
package enum ResidentMemory {
  private static let file = "/proc/self/statm"
  private static let fileByteLimit = 4096

  /// Bytes in use now; nil where the system does not say.
  package static func bytes() -> Int? {
    // A system without this file has no other that we know of.
    guard let text = try? FileSystem.read(file, limit: fileByteLimit) else { return nil }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}
