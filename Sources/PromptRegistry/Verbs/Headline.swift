package import Contracts

/// The first line of an entry, made from what it changes, so that it cannot say anything else.
package enum Headline: Hashable, Sendable {
  case `init`
  case publish([Publication])
  case yank(PromptName, SemanticVersion)
  case retire(PromptName)
  case request(RequestRecord.Subject)
  case review(ReviewRecord.Decision, Int)
  case close(Int)
  case promote(EnvironmentName, [Move])
  case revert(EnvironmentName, [Move])
  case lock(EnvironmentName)
  case unlock(EnvironmentName)
  case policy(version: Int)
  case service

  /// A version that an entry publishes.
  package struct Publication: Hashable, Sendable {
    package let name: PromptName
    package let version: SemanticVersion

    package init(name: PromptName, version: SemanticVersion) {
      self.name = name
      self.version = version
    }
  }

  /// A pin that an entry moves; to nil where it is withdrawn.
  package struct Move: Hashable, Sendable {
    package let name: PromptName
    package let version: SemanticVersion?

    package init(name: PromptName, version: SemanticVersion?) {
      self.name = name
      self.version = version
    }
  }
}

extension Headline {
  /// The kind of entry that this line heads.
  package var action: Action {
    switch self {
    case .`init`: .`init`
    case .publish: .publish
    case .yank: .yank
    case .retire: .retire
    case .request: .request
    case .review: .review
    case .close: .close
    case .promote: .promote
    case .revert: .revert
    case .lock: .lock
    case .unlock: .unlock
    case .policy: .policy
    case .service: .service
    }
  }

  /// The line itself.
  package var text: String {
    switch self {
    case .`init`: "init"
    case .publish(let versions):
      "publish " + Self.list(versions.map { "\($0.name) \($0.version)" })
    case .yank(let name, let version): "yank \(name) \(version)"
    case .retire(let name): "retire \(name)"
    case .request(.promotion(let environment, let changes)):
      "request " + Self.moves(changes.map { Move(name: $0.name, version: $0.target?.version) })
        + " in \(environment)"
    case .request(.policy): "request a change of the policy"
    case .review(let decision, let id): "\(decision.rawValue) \(id)"
    case .close(let id): "close \(id)"
    case .promote(let environment, let moves): "promote \(Self.moves(moves)) in \(environment)"
    case .revert(let environment, let moves): "revert \(Self.moves(moves)) in \(environment)"
    case .lock(let environment): "lock \(environment)"
    case .unlock(let environment): "unlock \(environment)"
    case .policy(let version): "policy \(version)"
    case .service: "services"
    }
  }

  private static func moves(_ moves: [Move]) -> String {
    list(moves.map { "\($0.name) \($0.version?.description ?? "withdrawn")" })
  }

  /// The bytewise first item and how many more there are: short, and the same whoever writes it.
  private static func list(_ items: [String]) -> String {
    let first = items.min { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? ""
    return items.count > 1 ? "\(first) and \(items.count - 1) more" : first
  }
}
