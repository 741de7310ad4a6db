/// What a request asks to be done with its target.
package enum Method: Hashable, Sendable {
  case get, head, post, put, delete, options
  /// A method this server has no name for, as it was sent.
  case other(String)

  /// Reads a method name, which is case-sensitive.
  package init(_ name: String) {
    self =
      switch name {
      case "GET": .get
      case "HEAD": .head
      case "POST": .post
      case "PUT": .put
      case "DELETE": .delete
      case "OPTIONS": .options
      default: .other(name)
      }
  }

  /// The name as it stands in a request line and in `Allow`.
  package var name: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .other(let name): name
    }
  }
}
