import Contracts
import Keys
import Ledger

@testable import PromptRegistry

/// What a forger writes: the plans of the verbs without what the verbs ask first.
enum Forged {
  /// A promotion that is carried out whatever is missing.
  static func promoting(
    _ promotion: Promotion, _ state: State, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    var edits: [Slot: [UInt8]?] = [:]
    for change in promotion.changes {
      let old = try state.pin(change.name, in: promotion.environment)
      edits[.pin(promotion.environment, change.name)] =
        PinRecord.promoted(
          from: old, to: change.target, pen.mover(request: promotion.request?.id)
        ).bytes
    }
    if let id = promotion.request?.id {
      for slot in try state.slots(ofRequest: id) { edits[slot] = .some(nil) }
    }
    let moves = promotion.changes.map {
      Headline.Move(name: $0.name, version: $0.target?.version)
    }
    var plan = Plan(
      .promote(promotion.environment, moves), text: "", edits: edits, answer: pen.entry)
    plan.request = promotion.request?.id
    return plan
  }

  /// The same of a request as it stands.
  static func promoting(
    request id: Int, _ state: State, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    guard let promotion = Promotion(try state.requireRequest(id)) else {
      throw .unknownRequest(id, open: [])
    }
    return try promoting(promotion, state, pen)
  }

  /// The same without any request.
  static func promoting(
    _ wish: Wish, in environment: EnvironmentName, _ state: State, _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    let changes = try state.changes(for: [wish], in: environment)
    return try promoting(
      Promotion(environment: environment, changes: changes, author: pen.member, request: nil),
      state, pen)
  }

  /// A revert to a version, as if it had been live before.
  static func reverting(
    _ name: PromptName, to mark: VersionMark, in environment: EnvironmentName, _ state: State,
    _ pen: Pen
  ) throws(RegistryError) -> Plan<Int> {
    guard let old = try state.pin(name, in: environment) else {
      throw .notLive(name, environment, existing: [])
    }
    let new = PinRecord(
      live: mark, before: Array(old.before.dropFirst()), by: pen.member, entry: pen.entry,
      request: nil, since: pen.at)
    return Plan(
      .revert(environment, [.init(name: name, version: mark.version)]), text: "back",
      edits: [.pin(environment, name): new.bytes], answer: pen.entry)
  }

  /// A policy in place of the one that stands, and the signers that follow from it.
  static func policy(_ next: Policy, _ state: State, _ pen: Pen) -> Plan<Int> {
    var edits: [Slot: [UInt8]?] = [.policy: next.bytes]
    if next.allowedSigners != state.policy.allowedSigners {
      edits[.allowedSigners] = next.allowedSigners
    }
    return Plan(.policy(version: next.version), text: "because", edits: edits, answer: pen.entry)
  }

  /// A review of a request by anybody, whatever it is of.
  static func reviewing(
    _ id: Int, _ record: ReviewRecord, _ pen: Pen
  ) -> Plan<Int> {
    var plan = Plan(
      .review(record.decision, id), text: "", edits: [.review(id, pen.member): record.bytes],
      answer: pen.entry)
    plan.request = id
    plan.review = ReviewMark(decision: record.decision, subject: record.subject)
    return plan
  }
}
