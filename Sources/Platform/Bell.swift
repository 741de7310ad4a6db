import Glibc

/// Something one thread rings and another waits for; rung before anybody waits, it is still heard.
package final class Bell: Sendable {
  private let reader: Descriptor
  private let writer: Descriptor

  /// A bell that nobody has rung.
  package init() throws(PlatformError) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .of("socketpair", "bell") }
    reader = Descriptor(owning: ends[0], subject: "bell")
    writer = Descriptor(owning: ends[1], subject: "bell")
  }

  /// Wakes whoever waits, or the next who will.
  package func ring() {
    var one: UInt8 = 1
    // It fails only when the socket is full, and then the bell has been rung often enough.
    _ = unsafe write(writer.raw, &one, 1)
  }

  /// Waits for a ring; whether there was one in that time.
  @discardableResult
  package func wait(milliseconds: Int) -> Bool {
    let end = Clock.monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    while true {
      let left = max(0, end - Clock.monotonicNanoseconds())
      var wish = pollfd(fd: reader.raw, events: Int16(POLLIN), revents: 0)
      let heard = unsafe poll(&wish, 1, Int32(clamping: (left + 999_999) / 1_000_000)) > 0
      if heard, silence() { return true }
      if left == 0 { return false }
    }
  }

  /// Forgets all rings so far; whether there were any.
  private func silence() -> Bool {
    var rings: UInt64 = 0
    var wasRung = false
    while unsafe read(reader.raw, &rings, MemoryLayout<UInt64>.size) > 0 { wasRung = true }
    return wasRung
  }
}
