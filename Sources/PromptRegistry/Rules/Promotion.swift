package import Contracts
package import Notation

/// Pins of one environment that shall move together, all or none.
package struct Promotion: Hashable, Sendable {
  package let environment: EnvironmentName
  package let changes: [RequestedChange]
  /// Whose wish it is: the author of the request, or whoever promotes without one.
  package let author: MemberName
  /// The number of the request and its record; nil where none was made.
  package let request: NumberedRequest?

  package init(
    environment: EnvironmentName, changes: [RequestedChange], author: MemberName,
    request: NumberedRequest?
  ) {
    self.environment = environment
    self.changes = changes
    self.author = author
    self.request = request
  }

  /// Nil for a request of another kind.
  package init?(_ request: NumberedRequest) {
    guard case .promotion(let environment, let changes) = request.record.subject else {
      return nil
    }
    self.init(
      environment: environment, changes: changes, author: request.record.author,
      request: request)
  }

  /// The prompts it moves.
  package var names: [PromptName] { changes.map(\.name) }
}

/// A request together with its number.
package struct NumberedRequest: Hashable, Sendable {
  package let id: Int
  package let record: RequestRecord

  package init(id: Int, record: RequestRecord) {
    self.id = id
    self.record = record
  }
}

extension State {
  /// What stands between a promotion and its being carried out at a time; empty when nothing does.
  ///
  /// The writer, the reviewer's screen and `verify` all ask this one function.
  package func missing(
    for promotion: Promotion, at time: Timestamp
  ) throws(RegistryError) -> [Missing] {
    guard let rule = policy.environment(promotion.environment) else {
      throw .unknownEnvironment(
        promotion.environment, existing: policy.environments.map(\.name))
    }
    var missing: [Missing] = []
    if let lock = try lock(of: promotion.environment) {
      let helpers = policy.members(allowed: .lock(promotion.environment))
      missing.append(Missing(.locked(promotion.environment, why: lock.why), members: helpers))
    }
    for change in promotion.changes {
      missing += try self.missing(for: change, rule, at: time)
    }
    return missing + (try missingVoices(for: promotion, rule))
  }

  /// Whether the pin is still the one that the request was made onto.
  package func baseStands(
    _ change: RequestedChange, in environment: EnvironmentName
  ) throws(RegistryError) -> Bool {
    try pin(change.name, in: environment).map { PinMark($0) } == change.base
  }

  private func missing(
    for change: RequestedChange, _ rule: EnvironmentRule, at time: Timestamp
  ) throws(RegistryError) -> [Missing] {
    var missing: [Missing] = []
    if try !baseStands(change, in: rule.name) { missing.append(Missing(.baseMoved(change.name))) }
    guard let target = change.target else { return missing }
    if try yank(of: change.name, target.version) != nil {
      missing.append(Missing(.targetYanked(change.name, target.version)))
    }
    if let from = rule.from {
      missing += try missingStay(of: change.name, target.version, in: from, rule, at: time)
    }
    return missing
  }

  /// The version must be live in `from`, or have been, for as long as the rule says.
  private func missingStay(
    of name: PromptName, _ version: SemanticVersion, in from: EnvironmentName,
    _ rule: EnvironmentRule, at time: Timestamp
  ) throws(RegistryError) -> [Missing] {
    guard let longest = try longestStay(of: name, version, in: from, until: time) else {
      return [Missing(.notInFrom(name, version, from))]
    }
    guard longest < rule.soakSeconds else { return [] }
    var until: Timestamp?
    if let pin = try pin(name, in: from), pin.live?.version == version {
      until = Timestamp(seconds: pin.since.seconds + Int64(rule.soakSeconds))
    }
    return [Missing(.soak(name, version, from, until: until))]
  }

  /// For how many seconds at a stretch a version was live in an environment; nil where the pin does
  /// not know that it ever was.
  package func longestStay(
    of name: PromptName, _ version: SemanticVersion, in environment: EnvironmentName,
    until time: Timestamp
  ) throws(RegistryError) -> Int64? {
    guard let pin = try pin(name, in: environment) else { return nil }
    var stays = pin.before.filter { $0.mark.version == version }
      .map { $0.until.seconds - $0.since.seconds }
    if pin.live?.version == version { stays.append(time.seconds - pin.since.seconds) }
    return stays.max()
  }
}
