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

private func named<Name>(
  _ text: String, _ read: (String) throws(InvalidName) -> Name
) throws(CommandError) -> Name {
  do throws(InvalidName) {
    return try read(text)
  } catch {
    throw .registry(.badName(error))
  }
}
