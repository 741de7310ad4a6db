package import Ledger

/// What the ledger of prompts is about: which files may lie where, and what each entry may do.
package struct RegistryRules: Rules {
  package init() {}

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
          : try State(entry: number - 1, time: transition.entry.time, tree: transition.before),
        after: try State(entry: number, time: transition.entry.time, tree: transition.after),
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
