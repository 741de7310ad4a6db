import Contracts
package import Notation
package import PromptRegistry

/// Who asks, and what he may see; whatever he may not see is not there for him.
package struct Reader: Sendable {
  /// What his token opens; nil while nobody is enrolled and everything is open.
  package let token: EnrolledToken?

  /// Anybody, while no service is enrolled.
  package static let anybody = Reader(token: nil)

  /// Whether requests and metrics are open to him.
  package var isOperator: Bool { token?.isOperator ?? true }

  /// Whether a name is there for him.
  package func sees(_ name: PromptName) -> Bool {
    token.map { $0.read.contains { $0.matches(name) } } ?? true
  }

  /// Whether an environment is there for him.
  package func sees(_ environment: EnvironmentName) -> Bool {
    token.map { $0.environments.contains(environment) } ?? true
  }

  /// Whether a range means only what is live in one of his environments, as publishing is not
  /// reviewed.
  package var readsOnlyLive: Bool { token.map { !$0.environments.isEmpty } ?? false }

  /// Whether the token has run out.
  package func isExpired(at now: Timestamp) -> Bool {
    token?.expires.map { $0 <= now } ?? false
  }
}

extension Reader {
  /// What he may know of an entry; nil where that is nothing.
  package func view(of entry: HistoryEntry) -> HistoryEntry? {
    guard token != nil else { return entry }
    if let environment = entry.environment, !sees(environment) { return nil }
    // Nor may he ask for requests themselves.
    if entry.action.isAboutRequest, !isOperator { return nil }
    let names = entry.names.filter { sees($0) }
    if names.count == entry.names.count, !names.isEmpty || isOperator { return entry }
    return names.isEmpty ? nil : entry.redacted(to: names)
  }

  /// Whether an open request is there for him, which is all of it or nothing.
  package func sees(_ request: WaitingRequest) -> Bool {
    request.names.allSatisfy { sees($0) } && request.environment.map { sees($0) } ?? true
  }

  /// What he may know of a prompt.
  package func view(of listed: Listed) -> Listed {
    guard token != nil else { return listed }
    let live = listed.live.filter { sees($0.environment) }
    let newest =
      readsOnlyLive
      ? live.map(\.mark).max { $0.version < $1.version } : listed.newest
    return listed.showing(newest, live)
  }

  /// What he may know of an environment.
  package func view(of environment: EnvironmentView) -> EnvironmentView {
    var view = environment.keeping { sees($0) }
    // It is about the environment as a whole, as is the entry that has it.
    if !isOperator { view.reason = .withheld }
    return view
  }

  /// The version that a reference means to him; what he may not see is unknown.
  package func resolve(
    _ reference: Reference, in snapshot: Snapshot
  ) throws(RegistryError) -> Resolved {
    let name = reference.name
    guard sees(name) else { throw try unknownPrompt(name, in: snapshot.state) }
    do throws(RegistryError) {
      switch reference.selector {
      case .environment(let environment) where !sees(environment):
        throw .unknownEnvironment(environment, existing: [])
      case .latest where readsOnlyLive: return try resolveLive(reference, in: snapshot)
      case .range(let range) where readsOnlyLive && range.exact == nil:
        return try resolveLive(reference, in: snapshot)
      case .latest, .range, .exact, .digest, .environment, .draft:
        return try snapshot.resolve(reference) { sees($0) }
      }
    } catch {
      throw hiding(error)
    }
  }

  /// The error for a name that is nowhere, or not there for him: it does not tell which.
  package func unknownPrompt(
    _ name: PromptName, in state: State
  ) throws(RegistryError) -> RegistryError {
    try state.unknownPrompt(name) { sees($0) }
  }

  private func resolveLive(
    _ reference: Reference, in snapshot: Snapshot
  ) throws(RegistryError) -> Resolved {
    let live = try snapshot.state.listed(reference.name).live.filter { sees($0.environment) }
    let versions = live.map(\.mark.version)
    guard let version = State.highest(reference.selector, among: versions) else {
      throw .unknownVersion(
        reference.name, asked: "\(reference.selector.words) that is live",
        existing: versions)
    }
    return try snapshot.resolve(Reference(name: reference.name, selector: .exact(version))) {
      sees($0)
    }
  }

  /// The same error without the environments that he may not see; one about a prompt is made with
  /// what he may see.
  package func hiding(_ error: RegistryError) -> RegistryError {
    switch error {
    case .unknownEnvironment(let name, let existing):
      .unknownEnvironment(name, existing: existing.filter { sees($0) })
    case _: error
    }
  }
}
