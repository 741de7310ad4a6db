import Glibc

/// Sole owner of one open file descriptor, closed exactly once.
struct Descriptor: ~Copyable {
  let raw: Int32
  /// What errors are said to be about.
  let subject: String

  /// Opens a path; the descriptor never reaches a program that this process starts.
  init(
    opening path: String, _ flags: Int32, mode: mode_t = 0, at folder: Int32 = AT_FDCWD
  ) throws(PlatformError) {
    let opened = uninterrupted { unsafe openat(folder, path, flags | O_CLOEXEC, mode) }
    if opened < 0 { throw .of("open", path) }
    raw = opened
    subject = path
  }

  /// Takes over an open descriptor.
  init(owning raw: Int32, subject: String) {
    self.raw = raw
    self.subject = subject
  }

  deinit { close(raw) }
}

extension Descriptor {
  borrowing func status() throws(PlatformError) -> stat {
    var status = stat()
    if unsafe fstat(raw, &status) != 0 { throw .of("fstat", subject) }
    return status
  }

  /// Everything up to the end, or `.tooLarge` as soon as there is more than `limit`.
  borrowing func readAll(limit: Int, expecting size: Int = 0) throws(PlatformError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, limit) + 1)
    while try readSome(into: &bytes) > 0 {
      if bytes.count > limit { throw .tooLarge(subject: subject, limit: limit) }
    }
    return bytes
  }

  /// Appends what one `read` gives and returns how much that was; zero at the end.
  borrowing func readSome(into bytes: inout [UInt8]) throws(PlatformError) -> Int {
    let room = 64 * 1024
    let count = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      let count = uninterrupted { unsafe read(raw, buffer.baseAddress, room) }
      if count > 0 { unsafe bytes.append(contentsOf: buffer[..<count]) }
      return count
    }
    if count < 0 { throw .of("read", subject) }
    return count
  }

  borrowing func writeAll(_ bytes: [UInt8]) throws(PlatformError) {
    try writeEverything(bytes, to: raw, subject: subject)
  }

  /// Returns once the content is on the disk itself.
  borrowing func synchronize() throws(PlatformError) {
    if uninterrupted({ fsync(raw) }) != 0 { throw .of("fsync", subject) }
  }
}

/// Writes all bytes to a descriptor that somebody else owns.
func writeEverything(_ bytes: [UInt8], to raw: Int32, subject: String) throws(PlatformError) {
  var done = 0
  while done < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      uninterrupted {
        unsafe write(raw, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      }
    }
    if count < 0 {
      if errno == EAGAIN {
        waitUntilWritable(raw)
        continue
      }
      throw .of("write", subject)
    }
    done += count
  }
}

/// A terminal or pipe that somebody made non-blocking is waited for, not given up.
private func waitUntilWritable(_ raw: Int32) {
  var wish = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
  _ = unsafe poll(&wish, 1, -1)
}
