import Foundation
import Glibc

/// One connection of a client that sends exactly what it is told to.
final class RawClient {
  private let raw: Int32
  private var received: [UInt8] = []

  static let patienceSeconds = 60

  /// Connects to where `http://127.0.0.1:<port>` says.
  init(_ url: String) throws {
    guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw Failure.noConnection(EINVAL)
    }
    raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure.noConnection(errno) }
  }

  deinit { close(raw) }

  enum Failure: Error {
    case noConnection(Int32)
    case silent(Int32)
    case noAnswer(String)
  }

  /// False once the other side takes no more.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          raw, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Sends no more, and goes on listening.
  func stopSending() { shutdown(raw, Int32(SHUT_WR)) }

  /// Breaks off without a farewell.
  func abort() {
    var lingering = linger(l_onoff: 1, l_linger: 0)
    setsockopt(raw, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
  }

  /// The next answer; nil if the connection was closed instead.
  func answer() throws -> RawAnswer? {
    var end = Self.end(of: received)
    while end == nil {
      guard try receive() else { return nil }
      end = Self.end(of: received)
    }
    guard let end, let head = RawAnswer.Head(received[..<end]) else {
      throw Failure.noAnswer(String(decoding: received.prefix(200), as: UTF8.self))
    }
    while received.count < end + head.length {
      guard try receive() else { return nil }
    }
    let body = Array(received[end..<(end + head.length)])
    received.removeFirst(end + head.length)
    return RawAnswer(head: head, body: body)
  }

  /// Asks for a path and reads the answer.
  func get(_ path: String, _ headers: [String] = []) throws -> RawAnswer? {
    let lines = ["GET \(path) HTTP/1.1", "Host: localhost"] + headers
    send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    return try answer()
  }

  /// What arrives up to and with a text, which has to come; it is taken off.
  func text(through mark: String) throws -> String {
    while true {
      let text = String(decoding: received, as: UTF8.self)
      if let found = text.range(of: mark) {
        let taken = String(text[..<found.upperBound])
        received.removeFirst(taken.utf8.count)
        return taken
      }
      guard try receive() else { throw Failure.noAnswer(text) }
    }
  }

  /// Everything up to the end of the connection.
  func rest() throws -> String {
    while try receive() {}
    return String(decoding: received, as: UTF8.self)
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { place in
      bytes[place] == 13 && bytes[place..<(place + mark.count)].elementsEqual(mark)
    }.map { $0 + mark.count }
  }

  private func receive() throws -> Bool {
    var room = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(raw, &room, room.count, 0)
    if count > 0 { received += room[..<count] }
    if count < 0, errno != ECONNRESET, errno != EPIPE { throw Failure.silent(errno) }
    return count > 0
  }
}

/// An answer as it came over the wire.
struct RawAnswer {
  struct Head {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    var length: Int {
      status == 304 || status == 204 ? 0 : headers["content-length"].flatMap { Int($0) } ?? 0
    }

    init?(_ bytes: ArraySlice<UInt8>) {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
      let words = (lines.first ?? "").split(separator: " ")
      guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
      self.status = status
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        headers[parts[0].lowercased()] =
          parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      }
      self.headers = headers
    }
  }

  let head: Head
  let body: [UInt8]
  var status: Int { head.status }
  var headers: [String: String] { head.headers }
  var text: String { String(decoding: body, as: UTF8.self) }
}
