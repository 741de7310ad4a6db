package import Ledger
import Notation
import Synchronization

/// What the ledger of prompts is about: which files may lie where, and what each entry may do.
package struct RegistryRules: Rules {
  private let policies = KnownPolicy()

  package init() {}

  package var indexing: Indexing { HistoryKeys.indexing }

  package func byteLimit(at path: String) -> Int? { Slot(path: path)?.byteLimit }

  package func judge(
    _ transition: Transition, _ found: inout [Violation]
  ) throws(LedgerError) {
    let entry = transition.entry
    let isFirst = entry.number == 1
    let before =
      isFirst ? nil : try state(entry.number - 1, entry.time, transition.before, &found)
    let after =
      transition.changes == nil
      ? nil : try state(entry.number, entry.time, transition.after, &found)
    // Without a policy nothing is allowed or forbidden.
    guard let policy = (before ?? after)?.policy else { return }
    let heading = Heading(entry, key: transition.signer)
    found += Judge.violationsOfAuthority(heading, under: policy)
    found += Self.strangers(in: transition)
    guard let action = Action(rawValue: entry.deed.action) else {
      return found.append(Violation(.grammar, "'\(entry.deed.action)' is no action"))
    }
    guard (action == .`init`) == isFirst else {
      return found.append(
        Violation(.action, "entry \(entry.number) cannot be '\(action.rawValue)'"))
    }
    guard let changes = transition.changes else { return }
    let slots = changes.compactMap { change in
      Slot(path: change.path).map { SlotChange(slot: $0, kind: change.kind) }
    }
    if let before {
      found += Judge.violationsOfWhatStays(slots, action, after: before)
    }
    guard let after else { return }
    let change = StateChange(
      action: action, heading: heading, before: before, after: after, changes: slots)
    try Judge.judgeAction(change, &found)
  }

  /// The paths where nothing may lie: no action puts or takes anything there.
  private static func strangers(in transition: Transition) -> [Violation] {
    var found: [Violation] = []
    for change in transition.changes ?? [] where Slot(path: change.path) == nil {
      found.append(Violation(.action, "'\(change.path)' is \(change.kind), which no action does"))
    }
    return found
  }
}

extension RegistryRules {
  /// A state, or nil and a violation where it has no policy that can be read.
  private func state(
    _ entry: Int, _ time: Timestamp, _ tree: any TreeReader, _ found: inout [Violation]
  ) throws(LedgerError) -> State? {
    do throws(RegistryError) {
      return try state(entry, time, tree)
    } catch {
      if case .ledger(let cause) = error { throw cause }
      found.append(Violation(.records, ErrorText.message(error)))
      return nil
    }
  }

  private func state(
    _ entry: Int, _ time: Timestamp, _ tree: any TreeReader
  ) throws(RegistryError) -> State {
    let content: ContentID?
    do throws(LedgerError) { content = try tree.content(at: Slot.policy.path) } catch {
      throw .ledger(error)
    }
    if let content, let policy = policies.policy(content) {
      return State(entry: entry, time: time, policy: policy, tree: tree)
    }
    let state = try State(entry: entry, time: time, tree: tree)
    if let content { policies.keep(state.policy, content) }
    return state
  }
}

/// The policy that was read last: of a thousand entries hardly one changes it.
private final class KnownPolicy: Sendable {
  private let last = Mutex<(content: ContentID, policy: Policy)?>(nil)

  func policy(_ content: ContentID) -> Policy? {
    last.withLock { $0?.content == content ? $0?.policy : nil }
  }

  func keep(_ policy: Policy, _ content: ContentID) {
    last.withLock { $0 = (content, policy) }
  }
}
