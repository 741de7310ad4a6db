import Platform
import Synchronization

@testable import HTTP

/// The application that the tests of this target serve.
enum Fixture {
  /// Answers what it was asked, so that a test sees what the handler saw.
  static let echo = Application { request in
    let resource = Resource(
      (.get, { Response(200, .text, describe($0)) }),
      (.post, { Response(200, .text, describe($0) + String(decoding: $0.body, as: UTF8.self)) })
    )
    do throws(Refusal) {
      return try resource.answer(request)
    } catch {
      return Response(error.status, headers: error.headers)
    }
  }

  static func describe(_ request: Request) -> String {
    let path = request.target.segments.map { "[\($0)]" }.joined()
    let query = request.target.query.map { "{\($0.name)=\($0.value)}" }.joined()
    return "\(request.method.name) \(path)\(query)\n"
  }

  static func server(
    _ application: Application = echo, _ change: (inout ServerOptions) -> Void = { _ in }
  ) throws -> Server {
    var options = ServerOptions()
    options.tickMilliseconds = 50
    change(&options)
    return try Server(application, at: .loopback(port: 0), options)
  }
}

/// Values that several threads add.
final class Collected<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])
  func add(_ value: Value) { values.withLock { $0.append(value) } }
  var all: [Value] { values.withLock { $0 } }
}
