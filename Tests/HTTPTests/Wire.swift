import Glibc
import Platform

@testable import HTTP

/// A client that sends exactly the bytes it is told to, one connection.
final class Wire {
  private let raw: Int32
  var descriptor: Int32 { raw }
  private var received: [UInt8] = []

  static let patienceSeconds = 60

  init(_ address: SocketAddress) throws {
    raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
    setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = address.port.bigEndian
    target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(raw)
      throw WireError.noConnection(errno)
    }
  }

  deinit { close(raw) }

  /// Whether the system took all of it.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool { Wire.send(bytes, to: raw) }

  @discardableResult
  static func send(_ bytes: [UInt8], to raw: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        let rest = $0[done...]
        return Glibc.send(
          raw, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      done += count
    }
    return true
  }

  /// Keeps what arrives small, so that the other side soon finds nobody reads.
  func narrow() {
    var size: Int32 = 4096
    setsockopt(raw, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  func stopSending() { shutdown(raw, Int32(SHUT_WR)) }

  /// Closes with a reset, as a killed client does.
  func abort() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(raw, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
  }

  /// Up to and with `mark`, or what came before the other side closed.
  func read(through mark: String) throws -> String {
    let mark = Array(mark.utf8)
    while true {
      if let end = received.firstRange(of: mark)?.upperBound { return take(end) }
      guard try receive() else { return take(received.count) }
    }
  }

  func read(count: Int) throws -> [UInt8] {
    while received.count < count, try receive() {}
    return Array(take(min(count, received.count)).utf8)
  }

  /// Everything up to the other side's close.
  func readToEnd() throws -> String {
    while try receive() {}
    return take(received.count)
  }

  /// One response with a `Content-Length`; `nil` once the other side has closed.
  func response(to method: Method = .get) throws -> WireResponse? {
    let head = try read(through: "\r\n\r\n")
    if head.isEmpty { return nil }
    var response = try WireResponse(head: head)
    let hasBody = method != .head && response.status != 304 && response.status != 204
    if hasBody, let length = response.headers["content-length"].flatMap({ Int($0) }) {
      response.body = try read(count: length)
    }
    return response
  }

  private func take(_ count: Int) -> String {
    defer { received.removeFirst(count) }
    return String(decoding: received[..<count], as: UTF8.self)
  }

  private func receive() throws -> Bool {
    var room = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(raw, &room, room.count, 0)
    if count > 0 { received += room[..<count] }
    if count < 0 {
      if errno == ECONNRESET || errno == EPIPE { return false }
      throw WireError.silent(errno)
    }
    return count > 0
  }
}

enum WireError: Error {
  case noConnection(Int32)
  case silent(Int32)
  case noStatus(String)
}

struct WireResponse {
  var status: Int
  var headers: Headers = [:]
  var body: [UInt8] = []
  var text: String { String(decoding: body, as: UTF8.self) }

  init(head: String) throws {
    let lines = head.split(separator: "\r\n")
    guard let first = lines.first, first.hasPrefix("HTTP/1.1 "),
      let status = Int(first.dropFirst(9).prefix(3))
    else { throw WireError.noStatus(head) }
    self.status = status
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers.append(String(parts[0]), Headers.trimmed(parts.count > 1 ? parts[1] : ""))
    }
  }
}

extension Wire {
  /// Sends one request and reads its answer.
  func ask(
    _ line: String, _ headers: [String] = [], body: String? = nil
  ) throws -> WireResponse? {
    var lines = ["\(line) HTTP/1.1", "Host: test"] + headers
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    return try response(to: Method(String(line.prefix { $0 != " " })))
  }
}
