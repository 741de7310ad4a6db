package import HTTP
import Notation
package import Platform
package import PromptRegistry

/// Why the service does not start.
package enum ServeProblem: Error, Sendable {
  case usage(String)
  case registry(RegistryError)
  case platform(PlatformError)
  case server(ServerError)
  case exposedAddress(String, hint: String)

  /// Who reads why: a person or a program.
  enum Form: Sendable { case text, json }

  /// What programs branch on.
  var code: ErrorCode {
    switch self {
    case .usage, .exposedAddress: .usage
    case .registry(let error): error.code
    case .platform(let error): ErrorCode(word: error.kind)
    // Whatever else keeps an address from being listened at may go away.
    case .server(.platform(.system)), .server(.cannotStart), .server(.cannotReload): .busy
    case .server(.platform(let error)): ErrorCode(word: error.kind)
    case .server(.badCertificate): .badInput
    }
  }

  /// What a person reads.
  var message: String {
    switch self {
    case .usage(let text): text
    case .registry(let error): ErrorText.message(error)
    case .platform(let error): error.message
    case .server(.platform(let error)): "it cannot listen there: \(error.message)"
    case .server(.badCertificate):
      "the certificate or its key cannot be used, or they do not belong together"
    case .server(.cannotStart): "the system gives too few files or threads"
    case .server(.cannotReload): "the service has stopped"
    case .exposedAddress(let text, _): text
    }
  }

  /// What may help.
  var hint: String? {
    switch self {
    case .usage: "'stet help serve' says what it takes"
    case .registry(let error): ErrorText.hint(error)
    case .platform(let error): error.hint
    case .server(.platform): "free the address, or name another one with '--listen'"
    case .server: nil
    case .exposedAddress(_, let hint): hint
    }
  }

  /// The same as of any command: `error: …` and `hint: …`, or one JSON object.
  func shown(in form: Form) -> String {
    switch form {
    case .text:
      return (["error: \(message)"] + details + (hint.map { ["hint: \($0)"] } ?? []))
        .joined(separator: "\n")
    case .json:
      return JSON.text([
        "error": [
          "code": .string(code.rawValue), "message": .string(message),
          "hint": hint.map { .string($0) } ?? .null,
          "details": .list(details.map { .string($0) }),
        ]
      ])
    }
  }

  private var details: [String] {
    guard case .registry(let error) = self else { return [] }
    return ErrorText.details(error)
  }
}
