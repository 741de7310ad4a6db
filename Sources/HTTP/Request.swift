/// One request as a handler sees it: decoded, limited, and not yet believed.
package struct Request: Sendable {
  /// What is to be done.
  package let method: Method
  /// With what.
  package let target: Target
  /// The fields sent, in order.
  package let headers: Headers
  /// The whole body, within the server's limit.
  package let body: [UInt8]
  /// What logs and error answers call this request.
  package let id: RequestID

  /// A request made by hand, for tests and for handlers that call each other.
  package init(
    _ method: Method, _ target: Target, headers: Headers = [:], body: [UInt8] = [],
    id: RequestID = RequestID(0)
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.id = id
  }

  /// The token of `Authorization: Bearer …`, whose scheme has no case.
  package var bearerToken: String? {
    let given = headers.values("authorization")
    return given.count == 1 ? BearerToken.read(given[0]) : nil
  }
}

/// A number that tells requests of one server apart; written as 16 hexadecimal digits.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
  /// The number itself.
  package let value: UInt64

  /// An id with a given number.
  package init(_ value: UInt64) { self.value = value }

  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The bearer scheme of `Authorization`.
package enum BearerToken {
  /// The token in a header's value, or `nil` if it is of another scheme or empty.
  package static func read(_ authorization: String?) -> String? {
    guard let authorization, authorization.utf8.count > scheme.utf8.count,
      authorization.prefix(scheme.count).lowercased() == scheme
    else { return nil }
    let token = Headers.trimmed(authorization.dropFirst(scheme.count))
    return token.isEmpty ? nil : token
  }

  private static let scheme = "bearer "
}
