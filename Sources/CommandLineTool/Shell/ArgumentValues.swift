import Contracts
import Keys
import Ledger
import PromptRegistry

// Names are read here, at the edge: whatever a command holds afterwards is valid.

extension PromptName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try nameErrors(in: PromptName(argument))
  }
}

extension EnvironmentName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try nameErrors(in: EnvironmentName(argument))
  }
}

extension MemberName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try nameErrors(in: MemberName(argument))
  }
}

extension ServiceName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try nameErrors(in: ServiceName(argument))
  }
}

extension Reference: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try registryErrors(in: Reference(argument))
  }
}

extension SemanticVersion: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    guard let version = SemanticVersion(argument) else {
      throw .usage(
        .badValue(of: name, text: argument, expected: "a version such as 1.3.0 is needed"))
    }
    self = version
  }
}

extension Digest: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    guard let digest = Digest(argument) else {
      throw .usage(
        .badValue(of: name, text: argument, expected: "'sha256:' and 64 digits are needed"))
    }
    self = digest
  }
}

extension Checkpoint: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    guard let checkpoint = Checkpoint(argument) else {
      throw .usage(
        .badValue(
          of: name, text: argument, expected: "an entry and its digest are needed: 184:sha256:…"))
    }
    self = checkpoint
  }
}

/// Gives a name that is none the type of commands' errors.
func nameErrors<Result>(
  in expression: @autoclosure () throws(InvalidName) -> Result
) throws(CommandError) -> Result {
  do throws(InvalidName) { return try expression() } catch { throw .registry(.badName(error)) }
}
