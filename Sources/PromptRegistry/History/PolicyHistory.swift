package import Ledger
package import Notation

extension Registry {
  /// What an entry up to `tip` changed in the policy, as people write it; nil for one that changed
  /// nothing there.
  package func policyDiff(
    by entry: HistoryEntry, from tip: SignedEntry
  ) throws(RegistryError) -> TextDiff? {
    guard entry.action == .policy, let signed = try self.entry(entry.number, from: tip),
      let parent = try parent(of: signed)
    else { return nil }
    return TextDiff(
      from: PolicyText.text(try state(after: parent).policy),
      to: PolicyText.text(try state(after: signed).policy))
  }
}
