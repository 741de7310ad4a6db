package import Notation
package import Platform
package import Templates

/// Why pinned prompts cannot be read, rendered, or held to what they promise.
public struct ReadingError: Error, Sendable, CustomStringConvertible {
  /// What is behind it.
  package let problem: ReadingProblem

  package init(_ problem: ReadingProblem) { self.problem = problem }

  /// What a program can branch on.
  public enum Kind: Sendable {
    /// The folder or a file of it is missing or cannot be read.
    case unreadable
    /// The lock is none, or newer than this library.
    case badLock
    /// A file is not what was pinned.
    case changed
    /// No prompt of that name is pinned.
    case unknownPrompt
    /// A pinned file is no prompt, or its template fails on this input.
    case badPrompt
    /// The input cannot be encoded, or breaks the prompt's contract.
    case invalidInput
    /// What a model answered holds no JSON, or breaks the prompt's contract.
    case invalidOutput
    /// A value is nothing that a type of the caller's can be made of.
    case notDecodable
  }

  /// What a program can branch on.
  public var kind: Kind {
    switch problem {
    case .platform: .unreadable
    case .noLock, .lock: .badLock
    case .changed: .changed
    case .unknownPrompt: .unknownPrompt
    case .prompt, .schema: .badPrompt
    case .notEncodable, .invalidInput: .invalidInput
    case .notJSON, .noContract, .invalidOutput: .invalidOutput
    case .notDecodable: .notDecodable
    }
  }

  /// Everything in which an input or an output breaks the contract; empty for other errors.
  public var violations: [PromptViolation] {
    switch problem {
    case .invalidInput(_, let violations), .invalidOutput(_, let violations): violations
    case .platform, .noLock, .lock, .changed, .unknownPrompt, .prompt, .schema, .notEncodable,
      .notJSON, .noContract, .notDecodable:
      []
    }
  }

  /// A sentence for a log.
  public var description: String { problem.message }
}

/// What can go wrong between a folder of files and messages.
package enum ReadingProblem: Sendable {
  case platform(PlatformError)
  case noLock(path: String)
  case lock(path: String, LockFault)
  case changed(path: String)
  case unknownPrompt(String, pinned: [String])
  case prompt(PromptError)
  case schema(name: String, message: String)
  case notEncodable(path: String)
  case invalidInput(name: String, [PromptViolation])
  case notJSON(name: String, NotationError)
  case noContract(name: String)
  case invalidOutput(name: String, [PromptViolation])
  case notDecodable(path: String, message: String)
}

extension ReadingProblem {
  /// The one text of each problem.
  package var message: String {
    switch self {
    case .platform(.missing(let path)): "there is no '\(path)'"
    case .platform(let error): "the files cannot be read: \(error.message)"
    case .noLock(let path): "there is no '\(PinLock.fileName)' in '\(path)'"
    case .lock(let path, .changed): "'\(path)' was changed by hand"
    case .lock(let path, let fault): "'\(path)' is no lock: \(fault.message)"
    case .changed(let path): "'\(path)' is not what was pinned"
    case .unknownPrompt(let name, let pinned):
      "'\(name)' is not pinned; there are \(pinned.joined(separator: ", "))"
    case .prompt(let error): DiagnosticText.text(error)
    case .schema(let name, let message): "a schema of '\(name)' is none: \(message)"
    case .notEncodable(let path): "the input at '\(path)' is nothing that JSON can hold"
    case .invalidInput(let name, let violations):
      "the input of '\(name)' breaks its contract: \(Self.text(violations))"
    case .notJSON(let name, let error):
      "the answer to '\(name)' holds no JSON: \(error.message)"
    case .noContract(let name): "'\(name)' promises nothing of its output"
    case .invalidOutput(let name, let violations):
      "the answer to '\(name)' breaks its contract: \(Self.text(violations))"
    case .notDecodable(let path, let message): "the value at '\(path)': \(message)"
    }
  }

  private static func text(_ violations: [PromptViolation]) -> String {
    violations.map(\.description).joined(separator: "; ")
  }
}

extension LockFault {
  /// What is wrong with it.
  package var message: String {
    switch self {
    case .notJSON(let error): "line \(error.position.line): \(error.message)"
    case .newerFormat(let format): "its format is \(format), this program reads \(PinLock.format)"
    case .missing(let field): "'\(field)' is missing"
    case .unknown(let field): "'\(field)' is unknown"
    case .wrongType(let field, let expected): "'\(field)' should be \(expected)"
    case .twice(let name): "'\(name)' is pinned twice"
    case .changed: "it was changed by hand"
    }
  }
}
