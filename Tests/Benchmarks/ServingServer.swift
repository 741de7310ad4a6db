import HTTP
import Platform

/// The server that is measured, in a process of its own: 2001 prepared answers and a full handler.
enum ServingServer {
  /// The argument that makes this program the server.
  static let word = "serve-for-measuring"
  static let port: UInt16 = 18_480
  static let target = "/v1/prompts/support/triage@1.0.0"
  static let tag = "\"sha256-" + String(repeating: "0123456789abcdef", count: 4) + "\""
  static let body = [UInt8](repeating: UInt8(ascii: "a"), count: 2704)

  static func run() throws -> Never {
    Signals.hold()
    let headers: Headers = [
      "Content-Type": "application/json", "ETag": tag,
      "Cache-Control": "public, max-age=31536000, immutable", "Stet-Version": "1.0.0",
      "Stet-Digest": "sha256:" + String(repeating: "0123456789abcdef", count: 4),
      "Stet-Entry": "17",
    ]
    let others = (0..<2000).map { "/v1/prompts/team-\($0 % 50)/prompt-\($0)@1.0.0" }
    let table = PreparedTable(([target] + others).map { ($0, Prepared(body, headers: headers)) })
    var application = Application { _ in Response(404) }
    application.lookup = { target, _ in table.find(target) }
    // As a service observes each request for its metrics.
    let durations = (0..<64).map { _ in Tally() }
    application.observer = { done in
      durations[min(63, UInt64(max(1, done.nanoseconds)).leadingZeroBitCount)].add()
    }
    let server = try Server(application, at: .loopback(port: port))
    _ = Signals.next()
    server.stop(deadlineSeconds: 1)
    Process.exit(0)
  }
}
