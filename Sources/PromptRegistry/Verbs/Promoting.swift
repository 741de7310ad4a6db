import Contracts

/// A pin that was moved.
package struct MovedPin: Hashable, Sendable {
  package let name: PromptName
  package let environment: EnvironmentName
  package let from: VersionMark?
  package let to: VersionMark?

  package init(
    name: PromptName, environment: EnvironmentName, from: VersionMark?, to: VersionMark?
  ) {
    self.name = name
    self.environment = environment
    self.from = from
    self.to = to
  }
}

extension State {
  /// Carries out a request for a promotion, all of it or nothing.
  package func promoting(
    request id: Int, _ pen: Pen
  ) throws(RegistryError) -> Plan<[MovedPin]> {
    guard let promotion = Promotion(try requireRequest(id)) else {
      throw .unknownRequest(id, open: try requests())
    }
    return try promoting(promotion, reason: promotion.request?.record.reason ?? "", pen)
  }

  /// Refuses a member who may not carry out a request, whatever it still waits for.
  package func requireRight(
    toCarryOut request: NumberedRequest, _ pen: Pen
  ) throws(RegistryError) {
    try require(pen, Promotion(request).map { .promote($0) } ?? .policy)
  }

  /// Promotes without a request, where the environment waits for nobody's word.
  package func promoting(
    _ wishes: [Wish], in environment: EnvironmentName, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<[MovedPin]> {
    let changes = try self.changes(for: wishes, in: environment)
    let promotion = Promotion(
      environment: environment, changes: changes, author: pen.member, request: nil)
    return try promoting(promotion, reason: reason, pen)
  }

  private func promoting(
    _ promotion: Promotion, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<[MovedPin]> {
    try require(pen, .promote(promotion))
    let missing = try missing(for: promotion, at: pen.at)
    guard missing.isEmpty else { throw .ruleNotMet(missing) }
    var edits: [Slot: [UInt8]?] = [:]
    var moved: [MovedPin] = []
    for change in promotion.changes {
      if change.target != nil { try requireOffered(change.name) }
      let old = try pin(change.name, in: promotion.environment)
      let new = PinRecord.promoted(
        from: old, to: change.target, pen.mover(request: promotion.request?.id))
      edits[.pin(promotion.environment, change.name)] = new.bytes
      moved.append(
        MovedPin(
          name: change.name, environment: promotion.environment, from: old?.live, to: new.live))
    }
    if let id = promotion.request?.id { edits.merge(try deletions(of: id)) { $1 } }
    let moves = moved.map { Headline.Move(name: $0.name, version: $0.to?.version) }
    var plan = Plan(
      .promote(promotion.environment, moves), text: reason, edits: edits, answer: moved)
    plan.request = promotion.request?.id
    return plan
  }
}
