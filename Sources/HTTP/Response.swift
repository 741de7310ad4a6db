/// One answer: a status, header fields and a body.
package struct Response: Sendable {
  /// What follows the header.
  package enum Body: Sendable {
    case bytes([UInt8])
    case prepared(Prepared)
    case events(EventStream)
  }

  /// The three digits of the status line.
  package var status: Int
  /// The fields to send; `Date`, `Content-Length` and `Connection` are the server's.
  package var headers: Headers
  /// What follows the header.
  package var body: Body
  /// What metrics and logs call the route that made this.
  package var route: Route = .none

  /// An answer of bytes.
  package init(_ status: Int, headers: Headers = [:], bytes: [UInt8] = []) {
    self.status = status
    self.headers = headers
    body = .bytes(bytes)
  }

  /// An answer of text with its media type.
  package init(_ status: Int, _ type: MediaType, _ text: String) {
    self.init(status, headers: ["Content-Type": type.description], bytes: Array(text.utf8))
  }

  /// An answer that was made before anybody asked.
  package init(_ prepared: Prepared) {
    status = 200
    headers = prepared.headers
    body = .prepared(prepared)
    route = prepared.route
  }

  /// A stream of server-sent events.
  package init(events stream: EventStream) {
    status = 200
    headers = [
      "Content-Type": MediaType.eventStream.description, "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    ]
    body = .events(stream)
  }

  /// The body as bytes; a stream has none yet.
  package var bytes: [UInt8] {
    switch body {
    case .bytes(let bytes): bytes
    case .prepared(let prepared): prepared.body
    case .events: []
    }
  }

  /// The tag that names the body.
  package var etag: ETag? { headers["etag"].flatMap { ETag(header: $0) } }

  /// This answer, or 304 without a body if `request` already has what it says.
  package func unlessKnown(to request: Request) -> Response {
    guard status == 200, request.method == .get || request.method == .head, let etag,
      let asked = request.headers["if-none-match"], NoneMatch(asked).matches(etag)
    else { return self }
    var answer = Response(304)
    answer.headers = headers
    answer.headers["Content-Type"] = nil
    answer.route = route
    return answer
  }
}

/// A route's place in the metrics and its name in the logs.
package struct Route: Hashable, Sendable {
  /// Small and dense, so that counters can be an array.
  package let index: Int
  /// Such as `/v1/prompts/{name}`.
  package let name: String

  /// Requests that no route answered.
  package static let none = Route(0, "none")

  /// A route of a service, whose index is greater than 0.
  package init(_ index: Int, _ name: String) {
    self.index = index
    self.name = name
  }
}
