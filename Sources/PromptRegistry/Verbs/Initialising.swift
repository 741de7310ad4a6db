import Keys
package import Notation

/// The first entry of a ledger, which no state comes before.
package enum Founding {
  /// Fixes format and time, and enrols whoever begins it.
  package static func plan(
    policy: Policy, at time: Timestamp
  ) throws(RegistryError) -> Plan<Int> {
    let faults = policy.faults
    guard faults.isEmpty else { throw .ruleNotMet(faults.map { Missing(.policyRule($0)) }) }
    return Plan(
      .`init`, text: "",
      edits: [
        .ledger: LedgerRecord(created: time).bytes, .policy: policy.bytes,
        .services: ServicesRecord().bytes, .allowedSigners: policy.allowedSigners,
      ], answer: 1)
  }
}
