import PromptRegistry
import Synchronization

/// What references mean in one state, which never changes: found once and kept.
final class ResolutionCache: Sendable {
  private let known = Mutex<[Reference: Resolved]>([:])

  /// References that are kept; when there are more, all are forgotten.
  static let limit = 4096

  /// The version that a reference means in the state, always the same one, or an error for a reader
  /// who may be told of some names.
  func resolve(
    _ reference: Reference, in state: State, whereToldOf mayBeTold: (PromptName) -> Bool
  ) throws(RegistryError) -> Resolved {
    if let found = known.withLock({ $0[reference] }) { return found }
    let found = try state.resolve(reference, whereToldOf: mayBeTold)
    known.withLock { known in
      if known.count >= Self.limit { known = [:] }
      known[reference] = found
    }
    return found
  }
}
