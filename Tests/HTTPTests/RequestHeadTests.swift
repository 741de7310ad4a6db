import Glibc
import Testing

@testable import HTTP

/// The memory of a request as versions of the library leave it, which tell where its lines end.
struct RequestHeadTests {
  @Test(
    arguments: [
      // As it is before 1.0: both bytes that end a line are NUL.
      "Host: a\0\0Z:z \0\0\0\0", "Z:z\0\0Host: a\0\0\0\0",
      // Later, blanks behind a value are none of it.
      "Host: a\0\nZ:z\0\r\n\r\n", "Z:z\0\t \r\nHost: a\0\n\r\n", "Z:z\0 \r\n\r\n",
    ])
  func `blanks behind a value are allowed, cut off or not`(_ lines: String) throws {
    try Self.check(lines)
  }

  @Test(
    arguments: [
      // A NUL was sent, and cuts the value short.
      "Z:z\0\0\0\0\0", "Z:z\0 \0\0\0\0", "Z:z\0y\r\n\r\n", "Z:z\0y\0\0\0\0",
      "Z:z\0\0\r\n\r\n", "Z:z\r\nY\0\0\0\0",
    ])
  func `anything else between two lines is refused`(_ lines: String) {
    #expect(throws: Refusal.header(.brokenLine)) { try Self.check(lines) }
  }

  /// Gives the fields to a head as the library does, each up to a NUL, and checks the whole.
  private static func check(_ lines: String) throws(Refusal) {
    let bytes = Array(("GET / HTTP/1.1\0\n" + lines).utf8)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    defer { memory.deallocate() }
    memory.initialize(from: bytes, count: bytes.count)
    let text = UnsafePointer(memory)
    var head = RequestHead(behind: text + 14)
    var place = 16
    while let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) {
      let start = bytes[(colon + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? colon
      let end = bytes[start...].firstIndex(of: 0) ?? bytes.count
      head.take(
        UnsafeBufferPointer(start: text + place, count: colon - place),
        UnsafeBufferPointer(start: text + start, count: end - start))
      let next = bytes[end...].firstIndex { $0 > UInt8(ascii: " ") } ?? bytes.count
      guard bytes[next...].contains(UInt8(ascii: ":")) else { break }
      place = next
    }
    try head.check(
      end: UnsafeRawPointer(text + bytes.count).assumingMemoryBound(to: CChar.self))
  }
}
