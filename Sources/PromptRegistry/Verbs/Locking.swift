import Ledger

extension State {
  /// Stops promotions into an environment; reverting still works.
  package func locking(
    _ environment: EnvironmentName, why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    _ = try requireEnvironment(environment)
    try require(pen, .lock(environment))
    guard try lock(of: environment) == nil else {
      throw .nothingChanged(.alreadyLocked(environment))
    }
    let why = FreeText.tidied(why)
    let record = LockRecord(at: pen.at, by: pen.member, why: why)
    return Plan(
      .lock(environment), text: why, edits: [.lock(environment): record.bytes],
      answer: pen.entry)
  }

  /// Allows promotions again.
  package func unlocking(
    _ environment: EnvironmentName, why: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    _ = try requireEnvironment(environment)
    try require(pen, .lock(environment))
    guard try lock(of: environment) != nil else {
      throw .nothingChanged(.notLocked(environment))
    }
    return Plan(
      .unlock(environment), text: why, edits: [.lock(environment): nil], answer: pen.entry)
  }
}
