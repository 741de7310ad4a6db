import Synchronization

/// Answers what is posted to one target: everything about its answers but their bodies was made
/// before.
package final class Responder: Sendable {
  /// The body of the answer to a body; nil where the application's handler is to say what is wrong
  /// with it.
  package typealias Answer = @Sendable (_ body: [UInt8]) -> [UInt8]?

  let headers: Headers
  let headerTexts: HeaderTexts
  let route: Route
  let answer: Answer

  /// One whose answers have status 200.
  package init(headers: Headers, route: Route, _ answer: @escaping Answer) {
    self.headers = headers
    headerTexts = HeaderTexts(headers)
    self.route = route
    self.answer = answer
  }
}

/// Responders by the exact bytes of a request's target.
package final class ResponderCache: Sendable {
  private let table = Mutex(TargetTable<Responder>())

  /// Responders that are kept; when there are more, all are forgotten.
  package static let limit = 512

  /// An empty cache.
  package init() {}

  /// The responder for a target, if it is still there.
  package func find(_ target: Span<UInt8>) -> Responder? { table.withLock { $0.find(target) } }

  /// Keeps a responder.
  package func insert(_ target: Span<UInt8>, _ responder: Responder) {
    table.withLock { table in
      if table.count >= Self.limit { table = TargetTable() }
      table.insert(target, responder)
    }
  }
}
