package import Notation

/// The first entry of a ledger, which no state comes before.
package struct Founding: Hashable, Sendable {
  /// The policy that it begins with.
  package let policy: Policy
  /// Whose key signs the first entry.
  package let founder: MemberName

  /// Refuses a policy that is none.
  package init(policy: Policy, founder: MemberName) throws(RegistryError) {
    let faults = policy.faults
    guard faults.isEmpty else { throw .ruleNotMet(faults.map { Missing(.policyRule($0)) }) }
    self.policy = policy
    self.founder = founder
  }

  /// Fixes format and time, and enrols whoever begins it.
  package func plan(at time: Timestamp) -> Plan<Int> {
    Plan(
      .`init`, text: "",
      edits: [
        .ledger: LedgerRecord(created: time).bytes, .policy: policy.bytes,
        .services: ServicesRecord().bytes, .allowedSigners: policy.allowedSigners,
      ], answer: 1)
  }
}
