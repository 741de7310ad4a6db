import Contracts
import Keys
import Ledger
import PromptRegistry

// Names are read here, at the edge: whatever a command holds afterwards is valid.

extension PromptName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try named(argument) { (text) throws(InvalidName) in try PromptName(text) }
  }
}

extension EnvironmentName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try named(argument) { (text) throws(InvalidName) in try EnvironmentName(text) }
  }
}

extension MemberName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try named(argument) { (text) throws(InvalidName) in try MemberName(text) }
  }
}

extension ServiceName: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    self = try named(argument) { (text) throws(InvalidName) in try ServiceName(text) }
  }
}

extension Reference: ArgumentValue {
  init(argument: String, of name: String) throws(CommandError) {
    do throws(RegistryError) {
      try self.init(argument)
    } catch {
      throw .registry(error)
    }
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

private func named<Name>(
  _ text: String, _ read: (String) throws(InvalidName) -> Name
) throws(CommandError) -> Name {
  try nameErrors { () throws(InvalidName) in try read(text) }
}

/// Gives a name that is none the type of commands' errors.
func nameErrors<Result>(
  _ body: () throws(InvalidName) -> Result
) throws(CommandError) -> Result {
  do throws(InvalidName) { return try body() } catch { throw .registry(.badName(error)) }
}
