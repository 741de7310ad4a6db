package import HTTP
package import Notation
import Platform

/// What the log says of one request: never a query, a token, an input or an answer.
package struct LogLine: Hashable, Sendable {
  /// When the request ended.
  package let time: Timestamp
  /// The id that error answers show.
  package let request: RequestID
  /// As it was sent, but for what may be a token.
  package let method: String
  /// Without the query, and without what may be a token.
  package let path: String
  /// The route that answered.
  package let route: String
  /// 0 if there was no answer.
  package let status: Int
  /// Bytes of the answer's body.
  package let sentBytes: Int
  /// From the end of the request's first line to the last byte of the answer.
  package let microseconds: Int
  /// The address of the other side, or of the proxy before it.
  package let peer: String?
  /// `answered`, or why not.
  package let ending: FinishedRequest.Ending

  /// Paths are cut after this many bytes.
  static let pathByteLimit = 512

  /// What there is to say of a request that has ended.
  package init(_ done: borrowing FinishedRequest, at time: Timestamp) {
    self.time = time
    request = done.id
    method = Self.masked(done.method.name)
    path = Self.masked(done.path)
    route = done.route.name
    status = done.status
    sentBytes = done.sentBytes
    microseconds = Int(done.nanoseconds / 1000)
    peer = done.peer?.description
    ending = done.ending
  }

  /// A text without the digits of tokens in it, which may have got there by mistake.
  static func masked(_ text: String) -> String {
    guard mayHoldToken(text) else { return text }
    var masked: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let mark = tokenMarks.first { rest.startsRegardlessOfCase(with: $0) }
      let digits = rest.dropFirst(mark?.count ?? rest.count).prefix {
        Character(Unicode.Scalar($0)).isHexDigit || $0 == UInt8(ascii: "%")
      }
      if digits.isEmpty {
        masked.append(byte)
        rest.removeFirst()
      } else {
        masked += Array("stet_…".utf8)
        rest = rest[digits.endIndex...]
      }
    }
    return String(decoding: masked, as: UTF8.self)
  }

  /// Whether `stet` stands in it, in any case; most texts are done with that.
  private static func mayHoldToken(_ text: String) -> Bool {
    let mark = Array("stet".utf8)
    var found = 0
    for byte in text.utf8 {
      // No end of the mark's beginnings begins the mark, so that none is passed over.
      found = byte | 0x20 == mark[found] ? found + 1 : byte | 0x20 == mark[0] ? 1 : 0
      if found == mark.count { return true }
    }
    return false
  }

  /// What a token begins with, raw and percent-encoded.
  private static let tokenMarks = [Array("stet_".utf8), Array("stet%5f".utf8)]

  /// One line of JSON without its end.
  package var text: String {
    let path = String(decoding: path.utf8.prefix(Self.pathByteLimit), as: UTF8.self)
    let fields: Value = [
      "time": .string(time.description), "request": .string(request.description),
      "method": .string(method), "path": .string(path), "route": .string(route),
      "status": .number(Double(status)), "bytes": .number(Double(sentBytes)),
      "microseconds": .number(Double(microseconds)), "peer": peer.map { .string($0) } ?? .null,
      "ending": .string("\(ending)"),
    ]
    return JSON.text(fields)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func startsRegardlessOfCase(with mark: [UInt8]) -> Bool {
    starts(with: mark) { $0 == $1 || ($0 | 0x20 == $1 && $1 >= UInt8(ascii: "a")) }
  }
}
