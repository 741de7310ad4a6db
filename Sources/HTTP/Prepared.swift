import Synchronization

/// An answer that is made once and sent many times without being copied.
package final class Prepared: Sendable {
  /// The fields of the answer.
  package let headers: Headers
  /// What metrics and logs call the route that made this.
  package let route: Route
  /// Counts how often it was asked for, over all tables it has been in.
  package let tally: Tally
  /// About how many bytes of memory it takes.
  package let cost: Int

  let etag: ETag?
  /// The tag as it stands in `If-None-Match` of whoever has exactly this.
  let etagField: [UInt8]
  let bytes: PinnedBytes
  let full: ResponseHandle
  let notModified: ResponseHandle

  /// What libmicrohttpd and this object take beside body and headers.
  static let overhead = 1024

  /// A 200 answer; with an `ETag` among `headers` it is also its own 304.
  package init(
    _ body: [UInt8], headers: Headers, route: Route = .none, tally: Tally = Tally()
  ) {
    self.headers = headers
    self.route = route
    self.tally = tally
    etagField = Array((headers["etag"] ?? "").utf8)
    etag = headers["etag"].flatMap { ETag(header: $0) }
    bytes = PinnedBytes(body)
    full = ResponseHandle(headers, bytes)
    notModified = ResponseHandle(headers.forNotModified, PinnedBytes([]))
    cost =
      body.count + Self.overhead
      + headers.fields.reduce(0) { $0 + 3 * ($1.name.utf8.count + $1.value.utf8.count) }
  }

  /// A copy of the body.
  package var body: [UInt8] { bytes.array }
}

/// A count that several threads add to.
package final class Tally: Sendable {
  private let total = Atomic<Int>(0)

  /// A count of nothing.
  package init() {}

  /// What was counted so far.
  package var count: Int { total.load(ordering: .relaxed) }

  /// Counts one more.
  package func add() { total.add(1, ordering: .relaxed) }
}

extension Headers {
  /// The fields of a 304: all but those that describe a body that is not there.
  var forNotModified: Headers {
    var headers = self
    headers["Content-Type"] = nil
    return headers
  }
}
