import CMicroHTTP
package import Platform

/// What can be said of a request once it is over; valid during one call.
@safe package struct FinishedRequest: ~Copyable {
  /// How a request ended.
  package enum Ending: Hashable, Sendable { case answered, abandoned, timedOut, stopped }

  /// The answer was sent, or why it was not.
  package let ending: Ending
  /// What error answers call the request.
  package let id: RequestID
  /// The route that answered.
  package let route: Route
  /// The status that was answered, 0 if there was no answer.
  package let status: Int
  /// Bytes of the answer's body.
  package let sentBytes: Int
  /// From the end of the request's first line to the last byte of the answer.
  package let nanoseconds: Int64
  private let connection: Connection

  init(_ connection: Connection, _ ending: Ending) {
    self.connection = connection
    self.ending = ending
    id = connection.id
    route = connection.outcome.route
    status = unsafe Int(stet_mhd_status(connection.raw))
    sentBytes = connection.outcome.sentBytes
    nanoseconds = Clock.monotonicNanoseconds() - connection.watch.startedAt
  }

  /// The request's method.
  package var method: Method { connection.outcome.method }

  /// The target without its query, in which somebody may have put what nobody should log.
  package var path: String {
    let whole = connection.wholeTarget.isEmpty ? nil : connection.wholeTarget
    let bytes = unsafe whole ?? Array(connection.target)
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
  }

  /// The address of the other side.
  package var peer: SocketAddress? {
    unsafe stet_mhd_peer(connection.raw).flatMap { unsafe Sockets.address($0) }
  }
}
