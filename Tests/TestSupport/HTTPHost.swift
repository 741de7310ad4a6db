import Foundation

/// The repositories of a git host over HTTP: `git http-backend` behind the smallest server that git
/// can talk to.
public final class HTTPHost: Sendable {
  private let listener: Listener

  public init(_ host: GitHost) throws {
    let root = host.folder.path
    listener = try Listener { connection in
      let stream = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
      guard let request = Request(stream) else { return }
      // A request that cannot be answered ends the connection, and the client says so.
      if let answer = try? Self.answer(request, root) { try? stream.write(contentsOf: answer) }
    }
  }

  /// The address of a repository.
  public func url(_ name: String) -> String { "http://127.0.0.1:\(listener.port)/\(name)" }

  /// What the program says, its header made into one of HTTP.
  private static func answer(_ request: Request, _ root: String) throws -> Data {
    let outcome = try Program("git").run(
      ["http-backend"], input: Array(request.body),
      environment: [
        "GIT_PROJECT_ROOT": root, "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "somebody",
        "REQUEST_METHOD": request.method, "PATH_INFO": request.path,
        "QUERY_STRING": request.query, "CONTENT_LENGTH": "\(request.body.count)",
        "CONTENT_TYPE": request.header("content-type"),
        "HTTP_CONTENT_ENCODING": request.header("content-encoding"),
        "GIT_PROTOCOL": request.header("git-protocol"),
      ])
    let answer = Data(outcome.output)
    let isError = answer.starts(with: Data("Status: ".utf8))
    let start = isError ? "HTTP/1.1 " : "HTTP/1.1 200 OK\r\nConnection: close\r\n"
    return Data(start.utf8) + answer.dropFirst(isError ? "Status: ".utf8.count : 0)
  }
}

/// One request, read whole.
private struct Request {
  let method: String
  let path: String
  let query: String
  private(set) var body = Data()
  private var headers: [String: String] = [:]

  func header(_ name: String) -> String { headers[name] ?? "" }

  init?(_ stream: FileHandle) {
    let source = Source(stream)
    guard let words = source.line()?.split(separator: " "), words.count == 3 else { return nil }
    let target = words[1].split(separator: "?", maxSplits: 1)
    method = String(words[0])
    path = String(target[0])
    query = target.count == 2 ? String(target[1]) : ""
    while let line = source.line(), !line.isEmpty {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    if header("transfer-encoding") == "chunked" {
      while let size = source.line().flatMap({ Int($0, radix: 16) }), size > 0 {
        body += source.bytes(size)
        _ = source.line()
      }
    } else if let length = Int(header("content-length")) {
      body = source.bytes(length)
    }
  }
}

/// A stream that is read by lines and by counts.
private final class Source {
  private let stream: FileHandle
  private var buffer = Data()

  init(_ stream: FileHandle) { self.stream = stream }

  func line() -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer = Data(buffer[(end + 1)...]) }
        return String(decoding: buffer[..<end], as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard fill() else { return nil }
    }
  }

  func bytes(_ count: Int) -> Data {
    while buffer.count < count, fill() {}
    defer { buffer = Data(buffer.dropFirst(count)) }
    return Data(buffer.prefix(count))
  }

  private func fill() -> Bool {
    let more = stream.availableData
    buffer += more
    return !more.isEmpty
  }
}
