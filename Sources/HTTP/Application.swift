/// What a server serves: functions from requests to responses, safe to call from any thread.
package struct Application: Sendable {
  /// Answers a request; must not wait, as other connections of its thread wait with it.
  package typealias Handler = @Sendable (Request) -> Response
  /// Finds an answer by the raw bytes of the target of a `GET` or `HEAD` without a query.
  package typealias Lookup =
    @Sendable (_ target: Span<UInt8>, _ head: borrowing RequestHead) -> Prepared?
  /// Finds who answers by the raw bytes of the target of a `POST` without a query.
  package typealias ResponderLookup =
    @Sendable (_ target: Span<UInt8>, _ head: borrowing RequestHead) -> Responder?
  /// Words for a request that no handler saw.
  package typealias Refuser = @Sendable (Refusal, RequestID) -> Response
  /// Told once for each request that was answered or given up.
  package typealias Observer = @Sendable (borrowing FinishedRequest) -> Void

  /// Answers what `lookup` and `responder` do not.
  package var handler: Handler
  /// Consulted before a `Request` is made; `nil` means never.
  package var lookup: Lookup?
  /// The same for what is posted.
  package var responder: ResponderLookup?
  /// Answers what cannot be a request.
  package var refuser: Refuser
  /// Hears how each request ended.
  package var observer: Observer?

  /// An application of one handler, which refuses in plain text and tells nobody.
  package init(_ handler: @escaping Handler) {
    self.handler = handler
    refuser = { refusal, _ in
      Response(refusal.status, .text, "\(refusal.status)\n")
    }
  }

  /// The whole answer to a request, as a client gets it.
  package func respond(to request: Request) -> Response {
    handler(request).unlessKnown(to: request)
  }

  /// The whole answer to what was refused.
  package func respond(refusing refusal: Refusal, id: RequestID) -> Response {
    var response = refuser(refusal, id)
    for field in refusal.headers.fields { response.headers[field.name] = field.value }
    return response
  }

  /// The whole answer to a request in parts, as a connection brings it.
  package func respond(
    _ method: Method, _ target: some Collection<UInt8>, headers: Headers = [:],
    body: [UInt8] = [], id: RequestID = RequestID(0)
  ) -> Response {
    do throws(TargetFlaw) {
      let target = try Target(target)
      return respond(to: Request(method, target, headers: headers, body: body, id: id))
    } catch {
      return respond(refusing: .target(error), id: id)
    }
  }
}
