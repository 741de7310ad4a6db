/// Why a request was turned away before any handler saw it.
package enum Refusal: Error, Hashable, Sendable {
  case target(TargetFlaw)
  case header(HeaderFlaw)
  /// Framing that two readers could understand differently.
  case ambiguousFraming
  case transferEncoding(String)
  case contentEncoding(String)
  case bodyTooLarge(limit: Int)
  case headersTooLarge(limit: Int)
  case tooManyStreams(limit: Int)
  case methodNotAllowed(allowed: [Method])
  case stopping

  /// The status that says so.
  package var status: Int {
    switch self {
    case .target, .header, .ambiguousFraming: 400
    case .methodNotAllowed: 405
    case .bodyTooLarge: 413
    case .contentEncoding: 415
    case .headersTooLarge: 431
    case .transferEncoding: 501
    case .tooManyStreams, .stopping: 503
    }
  }

  /// The headers that go with the status.
  package var headers: Headers {
    switch self {
    case .methodNotAllowed(let allowed):
      ["Allow": allowed.map(\.name).joined(separator: ", ")]
    case .contentEncoding: ["Accept-Encoding": "identity"]
    case .tooManyStreams, .stopping: ["Retry-After": "1"]
    case .target, .header, .ambiguousFraming, .transferEncoding, .bodyTooLarge, .headersTooLarge:
      [:]
    }
  }
}

/// What makes a request's header one that two readers could understand differently.
package enum HeaderFlaw: Hashable, Sendable {
  /// A line that does not end with CR LF, goes on in the next, or holds a NUL or a lone CR.
  case brokenLine
  /// A name that is empty, or that a space or a tab follows.
  case blankInName
  case severalHosts
}
