import Ledger
package import Notation

/// Why one version is live in one environment: the entries that led there, newest first, each with
/// everything that its rule was judged by.
///
/// All of it is read from the ledger itself: the state that each entry was judged against, and its
/// signature. It proves as much as the ledger does, so it is for one that was verified.
package struct PinProof: Sendable {
  private let environment: EnvironmentName
  private let name: PromptName
  private let pin: PinRecord
  private let steps: [ProofStep]

  /// Follows a pin of the newest state back over reverts to the promotion that brought its version.
  package init(
    of name: PromptName, in environment: EnvironmentName, _ registry: Registry,
    _ tip: RegistryTip
  ) throws(RegistryError) {
    _ = try tip.state.requireEnvironment(environment)
    try tip.state.requirePublished(name)
    guard let pin = try tip.state.pin(name, in: environment) else {
      throw try tip.state.notLive(name, environment)
    }
    self.environment = environment
    self.name = name
    self.pin = pin
    let trail = Trail(registry: registry, name: name, environment: environment)
    steps = try trail.steps(settling: pin, from: tip.entry)
  }
}

/// One entry that set the pin.
enum ProofStep: Sendable {
  case promotion(PromotionProof)
  case revert(RevertProof)
}

/// Goes from a pin to the entry that set it, and on while that one only went back.
private struct Trail {
  let registry: Registry
  let name: PromptName
  let environment: EnvironmentName

  func steps(
    settling pin: PinRecord, from tip: SignedEntry
  ) throws(RegistryError) -> [ProofStep] {
    var steps: [ProofStep] = []
    var next: (pin: PinRecord, newest: SignedEntry)? = (pin, tip)
    while let (pin, newest) = next {
      let (entry, before) = try setter(of: pin, from: newest)
      guard Action(rawValue: entry.entry.deed.action) == .revert else {
        let proof = try PromotionProof(of: name, in: environment, pin, set: entry, on: before)
        return steps + [.promotion(proof)]
      }
      let proof = try RevertProof(of: name, in: environment, pin, set: entry, on: before)
      steps.append(.revert(proof))
      next = try start(of: proof.stay, endedBefore: entry, before)
    }
    return steps
  }

  /// The entry that set a pin, and the state that it was judged against.
  private func setter(
    of pin: PinRecord, from newest: SignedEntry
  ) throws(RegistryError) -> (entry: SignedEntry, before: State) {
    guard let entry = try registry.entry(pin.entry, from: newest),
      let parent = try registry.parent(of: entry)
    else { throw .unknownEntry(pin.entry.description, newest: newest.entry.number) }
    return (entry, try registry.state(after: parent))
  }

  /// The pin with which a stay began, found by going from each pin to the one that it replaced.
  private func start(
    of stay: Stay, endedBefore entry: SignedEntry, _ state: State
  ) throws(RegistryError) -> (pin: PinRecord, newest: SignedEntry)? {
    var (newest, state) = (entry, state)
    while let pin = try state.pin(name, in: environment) {
      if pin.live == stay.mark, pin.since == stay.since { return (pin, newest) }
      (newest, state) = try setter(of: pin, from: newest)
    }
    return nil
  }
}

// MARK: - For readers

extension PinProof {
  /// What a person follows, line by line.
  package var lines: [String] {
    let title =
      pin.live.map { "\(name) \($0.version) is live in \(environment) since \(pin.since)" }
      ?? "\(name) was withdrawn from \(environment) at \(pin.since)"
    var lines = [title]
    if let live = pin.live { lines.append("  \(live.digest)") }
    for step in steps {
      switch step {
      case .promotion(let proof): lines += proof.lines
      case .revert(let proof): lines += proof.lines
      }
    }
    return lines
  }

  /// The object `pin` that `verify --pin --json` answers.
  package var value: Value {
    [
      "environment": Field.text(environment), "name": Field.text(name), "live": pin.value,
      "steps": .list(
        steps.map { step in
          switch step {
          case .promotion(let proof): proof.value
          case .revert(let proof): proof.value
          }
        }),
    ]
  }
}
