import Contracts
import Keys
package import Notation

/// A prompt with its highest release and where which version is live.
package struct Listed: Hashable, Sendable {
  package let name: PromptName
  /// Nil where every release is yanked, or only pre-releases exist.
  package let newest: VersionMark?
  /// Whether it is offered, or retired.
  package let isOffered: Bool
  package let live: [LiveVersion]
}

/// Where a version is live.
package struct LiveVersion: Hashable, Sendable {
  package let environment: EnvironmentName
  package let mark: VersionMark
}

extension State {
  /// One prompt as a list shows it.
  package func listed(_ name: PromptName) throws(RegistryError) -> Listed {
    var live: [LiveVersion] = []
    for environment in policy.environments.map(\.name) {
      guard let mark = try pin(name, in: environment)?.live else { continue }
      live.append(LiveVersion(environment: environment, mark: mark))
    }
    let newest = try versions(of: name).newestUnyanked.map { version throws(RegistryError) in
      VersionMark(version: version, digest: try existingRecord(of: name, version).digest)
    }
    return Listed(name: name, newest: newest, isOffered: try isOffered(name), live: live)
  }

  /// The names that match, or all; sorted.
  package func names(matching pattern: NamePattern?) throws(RegistryError) -> [PromptName] {
    try names().filter { pattern?.matches($0) ?? true }
  }
}

extension Listed {
  /// The element of `prompts` that `list --json` and `GET /v1/prompts` answer.
  package var value: Value {
    [
      "name": .string(name.text), "version": Field.text(newest?.version),
      "digest": Field.text(newest?.digest), "retired": .bool(!isOffered),
      "live": .map(
        ValueMap(live.map { ($0.environment.text, Field.text($0.mark.version)) })),
    ]
  }
}

/// An environment with its rule and what is live there.
package struct EnvironmentView: Hashable, Sendable {
  package let rule: EnvironmentRule
  package let lock: LockRecord?
  package let live: [LivePin]
  /// Whether the reason of the lock is told.
  package var reason = Reason.told

  /// The two ways to tell of a lock.
  package enum Reason: Hashable, Sendable { case told, withheld }
}

/// A pin that holds a version.
package struct LivePin: Hashable, Sendable {
  package let name: PromptName
  package let mark: VersionMark
  package let entry: Int
  package let since: Timestamp
}

extension State {
  /// One environment with all that is live there, sorted by name.
  package func view(of environment: EnvironmentName) throws(RegistryError) -> EnvironmentView {
    try view(of: environment, showing: try pinnedNames(in: environment))
  }

  /// One environment with one prompt alone, of which nothing else is read.
  package func view(
    of environment: EnvironmentName, with name: PromptName
  ) throws(RegistryError) -> EnvironmentView {
    let view = try view(of: environment, showing: [name])
    guard !view.live.isEmpty else {
      try requirePublished(name)
      throw try notLive(name, environment)
    }
    return view
  }

  private func view(
    of environment: EnvironmentName, showing names: [PromptName]
  ) throws(RegistryError) -> EnvironmentView {
    let rule = try requireEnvironment(environment)
    var live: [LivePin] = []
    for name in names {
      guard let pin = try pin(name, in: environment), let mark = pin.live else { continue }
      live.append(LivePin(name: name, mark: mark, entry: pin.entry, since: pin.since))
    }
    return EnvironmentView(rule: rule, lock: try lock(of: environment), live: live)
  }
}

extension EnvironmentRule {
  /// The object `rules` of machine output.
  var rules: Value {
    [
      "from": Field.text(from), "approvals": Field.number(approvals),
      "owner-approvals": Field.number(ownerApprovals), "self-approval": .bool(selfApproval),
      "soak": .string(Soak.text(soakSeconds)),
    ]
  }
}

extension EnvironmentView {
  /// The element of `environments` that `env --json` and `GET /v1/environments` answer.
  package var value: Value {
    [
      "name": .string(rule.name.text),
      "rules": rule.rules,
      "locked": locked,
      "live": .list(
        live.map { pin in
          [
            "name": .string(pin.name.text), "version": Field.text(pin.mark.version),
            "digest": Field.text(pin.mark.digest), "entry": Field.number(pin.entry),
            "at": Field.text(pin.since),
          ]
        }),
    ]
  }

  private var locked: Value {
    guard case .map(var value)? = lock?.value else { return .null }
    switch reason {
    case .told: break
    case .withheld: value["why"] = .null
    }
    return .map(value)
  }
}
