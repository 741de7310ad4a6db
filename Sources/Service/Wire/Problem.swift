package import Contracts
package import HTTP
package import Notation
package import PromptRegistry

/// An error as a client of the service reads it, RFC 9457.
package struct Problem: Hashable, Sendable {
  /// The status of the answer.
  package let status: Int
  /// The word that programs branch on, the same as the command line's.
  package let code: ErrorCode
  /// What was asked and which rule said no.
  package let message: String
  /// What to do instead, if there is something.
  package let hint: String?
  /// What was found in all: each finding, violation or line of an excerpt.
  package var details: [Value] = []
  /// What breaks the contract of an input.
  package var violations: [Violation] = []

  /// An error with its words.
  package init(_ code: ErrorCode, status: Int? = nil, _ message: String, hint: String? = nil) {
    self.code = code
    self.status = status ?? code.httpStatus
    self.message = message
    self.hint = hint
  }

  /// The answer that says so.
  package func response(_ id: RequestID) -> Response {
    let body: Value = [
      "type": .string("urn:stet:error:\(code.rawValue)"), "title": .string(code.rawValue),
      "status": .number(Double(status)),
      "code": .string(code.rawValue), "detail": .string(message),
      "hint": hint.map { .string($0) } ?? .null, "details": .list(details),
      "violations": .list(violations.map(\.value)), "request": .string(id.description),
    ]
    return Response(
      status,
      headers: [
        "Content-Type": MediaType.problem.description, "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      ], bytes: JSON.bytes(body) + [UInt8(ascii: "\n")])
  }
}
