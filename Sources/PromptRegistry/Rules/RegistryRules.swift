package import Ledger
import Notation
import Synchronization

/// What the ledger of prompts is about: which files may lie where, and what each entry may do.
package struct RegistryRules: Rules {
  private let policies = KnownPolicy()

  package init() {}

  package var indexing: Indexing { HistoryKeys.indexing }

  package func byteLimit(at path: String) -> Int? { Slot(path: path)?.byteLimit }

  package func violations(of transition: Transition) throws(LedgerError) -> [Violation] {
    guard let action = Action(rawValue: transition.entry.deed.action) else {
      return [Violation(.grammar, "'\(transition.entry.deed.action)' is no action")]
    }
    let number = transition.entry.number
    guard (action == .`init`) == (number == 1) else {
      return [Violation(.action, "entry \(number) cannot be '\(action.rawValue)'")]
    }
    do throws(RegistryError) {
      let change = StateChange(
        action: action, heading: Heading(transition.entry, key: transition.signer),
        before: number == 1
          ? nil
          : try state(number - 1, transition.entry.time, transition.before),
        after: try state(number, transition.entry.time, transition.after),
        changes: transition.changes.compactMap { change in
          Slot(path: change.path).map { SlotChange(slot: $0, kind: change.kind) }
        })
      return Judge.violations(of: change)
    } catch .ledger(let error) {
      throw error
    } catch {
      return [Violation(.records, ErrorText.message(error))]
    }
  }
}

extension RegistryRules {
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
