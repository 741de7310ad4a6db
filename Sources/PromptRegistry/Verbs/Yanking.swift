package import Contracts
import Ledger

extension State {
  /// Withdraws a version: exact pins still resolve, with a warning; ranges pass over it.
  package func yanking(
    _ name: PromptName, _ version: SemanticVersion, why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    try requirePublished(name)
    _ = try existingRecord(of: name, version)
    try require(pen, .yank(name))
    if try yank(of: name, version) != nil {
      throw .nothingChanged(.alreadyYanked(name, version))
    }
    let holders = try environments(holding: name, version)
    guard holders.isEmpty else { throw .conflict(.live(name, version, holders)) }
    let why = FreeText.tidied(why)
    let record = YankRecord(at: pen.at, by: pen.member, entry: pen.entry, why: why)
    return Plan(
      .yank(name, version), text: why, edits: [.yanked(name, version): record.bytes],
      answer: pen.entry)
  }

  /// No longer offers a prompt: its versions stay, and exact pins of them resolve.
  package func retiring(
    _ name: PromptName, why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    try requirePublished(name)
    try require(pen, .retire(name))
    guard try isOffered(name) else { throw .nothingChanged(.alreadyRetired(name)) }
    for environment in policy.environments.map(\.name) {
      if let live = try pin(name, in: environment)?.live {
        throw .conflict(.live(name, live.version, [environment]))
      }
    }
    return Plan(.retire(name), text: why, edits: [.prompt(name): nil], answer: pen.entry)
  }
}

// MARK: - What many decisions ask first

extension State {
  /// Refuses a member who may not do this, and names those who may.
  func require(_ pen: Pen, _ right: Right) throws(RegistryError) {
    guard policy.allows(pen.member, right) else {
      throw .notPermitted(pen.member, right, helpers: policy.members(allowed: right))
    }
  }

  /// Refuses a name that was never published.
  package func requirePublished(_ name: PromptName) throws(RegistryError) {
    guard try versions(of: name).isEmpty else { return }
    throw try unknownPrompt(name) { _ in true }
  }

  /// The error for a name that is not there, with the nearest that may be told, and with those of
  /// its folder or else all: a prompt for a prompt, a partial for a partial, as one can seldom
  /// stand for the other.
  package func unknownPrompt(
    _ name: PromptName, whereToldOf mayBeTold: (PromptName) -> Bool
  ) throws(RegistryError) -> RegistryError {
    let names = try names().filter { $0.isPartial == name.isPartial && mayBeTold($0) }
    let folder = name.text.dropLast(name.leaf.count)
    let beside = names.filter { $0.text.hasPrefix(folder) }
    return .unknownPrompt(
      name, nearest: Nearest.name(to: name, among: names), existing: beside.isEmpty ? names : beside
    )
  }

  /// The error for a prompt of which nothing is live in an environment.
  func notLive(
    _ name: PromptName, _ environment: EnvironmentName
  ) throws(RegistryError) -> RegistryError {
    .notLive(name, environment, existing: try versions(of: name).map(\.version))
  }

  /// Refuses to make live what is no longer offered: retiring asks that it is live nowhere.
  func requireOffered(_ name: PromptName) throws(RegistryError) {
    guard try isOffered(name) else { throw .conflict(.notOffered(name)) }
  }

  /// The rule of an environment, or an error that lists those there are.
  package func requireEnvironment(
    _ name: EnvironmentName
  ) throws(RegistryError) -> EnvironmentRule {
    guard let rule = policy.environment(name) else {
      throw .unknownEnvironment(name, existing: policy.environments.map(\.name))
    }
    return rule
  }

  /// An open request, or an error that lists those there are.
  package func requireRequest(_ id: Int) throws(RegistryError) -> NumberedRequest {
    guard let record = try request(id) else {
      throw .unknownRequest(id, open: try requests())
    }
    return NumberedRequest(id: id, record: record)
  }
}
