import Contracts
import Notation
import PromptRegistry

extension Session {
  /// The version that a reference means; says beside the answer where it was yanked, or is the
  /// newest of a prompt that was retired.
  func resolve(_ reference: Reference, _ opened: Opened) throws(CommandError) -> Resolved {
    let resolved = try registryErrors(in: opened.state.resolve(reference))
    let name = resolved.name
    if let yank = resolved.yank {
      console.say("warning: '\(name)' \(resolved.version) is yanked: \(yank.why.visible)")
    } else if reference.selector.isOffer, try registryErrors(in: !opened.state.isOffered(name)) {
      console.say(
        "warning: '\(name)' was retired and nothing new will come of it; "
          + "'\(name)@\(resolved.version)' stays as it is")
    }
    return resolved
  }
}

extension Reference.Selector {
  /// Whether it means whatever is offered, and no version in particular.
  fileprivate var isOffer: Bool {
    switch self {
    case .latest: true
    case .range(let range): range.exact == nil
    case .exact, .environment, .digest, .draft: false
    }
  }
}
