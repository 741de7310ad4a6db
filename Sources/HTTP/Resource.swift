/// What one path can do: a handler for each method, from which `HEAD`, `OPTIONS` and 405 follow.
package struct Resource: Sendable {
  /// Answers a request of one method.
  package typealias Handler = @Sendable (Request) -> Response

  private let handlers: [(method: Method, answer: Handler)]

  /// A resource from its handlers; `HEAD` is answered by the handler of `GET`.
  package init(_ handlers: (method: Method, answer: Handler)...) {
    self.handlers = handlers
  }

  /// The methods that are answered, as `Allow` lists them.
  package var allowed: [Method] {
    handlers.flatMap { $0.method == .get ? [.get, .head] : [$0.method] } + [.options]
  }

  /// The handler's answer, or a refusal that names the methods there are.
  package func answer(_ request: Request) throws(Refusal) -> Response {
    let asked: Method = request.method == .head ? .get : request.method
    if let handler = handlers.first(where: { $0.method == asked }) {
      return handler.answer(request)
    }
    let refusal = Refusal.methodNotAllowed(allowed: allowed)
    guard request.method == .options else { throw refusal }
    return Response(204, headers: refusal.headers)
  }
}
