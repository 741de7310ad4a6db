import HTTP
package import PromptRegistry

/// Why a route does not answer what it was asked.
enum ServiceError: Error, Sendable {
  case registry(RegistryError)
  case problem(Problem)
  case refusal(Refusal)
  case noToken
  /// Nothing is served yet; so many entries were read so far.
  case verifying(done: Int, of: Int)
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
    case .verifying(let done, let total):
      // How many there are is known once the chain was followed to its start.
      let share = total == 0 ? "" : ", \(done) of \(total) entries so far"
      var response = Problem(
        .notVerified, "nothing is served before all of the ledger is verified\(share)",
        hint: "ask again in a moment"
      ).response(id)
      response.headers["Retry-After"] = "1"
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
  /// The same words as the command line's, but never a path of this machine, nor advice that only
  /// a terminal can follow.
  package init(_ error: RegistryError) {
    switch error {
    case .ledger, .broken:
      self.init(error.code, "the registry cannot be read at the moment")
    case _:
      self.init(error.code, ErrorText.message(error), hint: Self.hint(error))
      details = ErrorText.values(error)
    }
    if case .inputInvalid(_, let violations) = error { self.violations = violations }
  }

  private static func hint(_ error: RegistryError) -> String? {
    switch error {
    case .badTime: "a time is written like 2026-11-21T09:00:00Z"
    case .unknownPrompt(_, nearest: nil, _): "'/v1/prompts' lists what there is"
    case .notLive(let name, _, _): "'/v1/prompts/\(name)' says where it is live"
    case .unknownEntry: "'/v1/ledger' lists the entries"
    case .unknownEnvironment(_, let existing) where existing.isEmpty: nil
    case .badReference(_, .draftIsNoVersion), .inputInvalid: nil
    case _: ErrorText.hint(error)
    }
  }
}

/// Runs something of the registry and gives its errors the type of routes.
func registryErrors<Result>(
  _ body: () throws(RegistryError) -> Result
) throws(ServiceError) -> Result {
  do throws(RegistryError) { return try body() } catch { throw .registry(error) }
}
