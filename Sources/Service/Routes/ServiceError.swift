import HTTP
package import PromptRegistry

/// Why a route does not answer what it was asked.
enum ServiceError: Error, Sendable {
  case registry(RegistryError)
  case problem(Problem)
  case refusal(Refusal)
  case noToken
  case tooManyRequests(retryAfterSeconds: Int)
}

extension ServiceError {
  /// The answer that says so.
  func response(_ id: RequestID) -> Response {
    switch self {
    case .registry(let error): return Problem(error).response(id)
    case .problem(let problem): return problem.response(id)
    case .refusal(let refusal):
      var response = Problem(refusal).response(id)
      for field in refusal.headers.fields { response.headers[field.name] = field.value }
      return response
    case .noToken:
      var response = Problem(
        .notPermitted, status: 401, "a token of an enrolled service is needed",
        hint: "send it as 'Authorization: Bearer stet_…'; 'stet service add' makes one"
      ).response(id)
      response.headers["WWW-Authenticate"] = "Bearer realm=\"stet\""
      return response
    case .tooManyRequests(let seconds):
      var response = Problem(
        .busy, status: 429, "this token asks more often than it may"
      ).response(id)
      response.headers["Retry-After"] = "\(seconds)"
      return response
    }
  }
}

extension Problem {
  /// The same words as the command line's, but never a path of this machine.
  package init(_ error: RegistryError) {
    let details = ErrorText.details(error)
    switch error {
    case .ledger, .broken:
      self.init(error.code, "the registry cannot be read at the moment")
    case _:
      self.init(
        error.code, ([ErrorText.message(error)] + details).joined(separator: "\n"),
        hint: ErrorText.hint(error))
    }
  }
}

/// Runs something of the registry and gives its errors the type of routes.
func registryErrors<Result>(
  _ body: () throws(RegistryError) -> Result
) throws(ServiceError) -> Result {
  do throws(RegistryError) { return try body() } catch { throw .registry(error) }
}
