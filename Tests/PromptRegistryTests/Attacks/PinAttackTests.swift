import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

// Attacks on pins themselves: which there are, what they say, and what moves them.

extension PromotionAttackTests {
  @Test("I22: a pin that changes without promote or revert")
  func pinMoves() throws {
    let siege = try siege()
    var plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      try Siege.publishing("support/triage", "three\n", state, pen)
    }
    let pin = try siege.plan("alice") { state, pen throws(RegistryError) in
      try Forged.promoting(wish("1.0.0"), in: production, state, pen)
    }
    plan.edits.merge(pin.edits) { $1 }
    try siege.forge(plan, as: "alice").isRefused(by: .pinMoves, .action)
  }

  @Test("I22: a pin that no promotion of the entry is about, beside those that it moves")
  func pinBeside() throws {
    for (environment, carried) in [(staging, true), (staging, false), (production, true)] {
      let siege = try siege()
      try siege.publish("alice", "support/other", "one\n")
      let other = Wish(name: try PromptName("support/other"), version: SemanticVersion(1, 0, 0))
      let request = try siege.request("alice", wish("1.0.0"), to: "production")
      try siege.approve("bob", request)
      var plan = try siege.plan("alice") { state, pen throws(RegistryError) in
        carried
          ? try Forged.promoting(request: request.id, state, pen)
          : try Forged.promoting(wish("1.0.0"), in: production, state, pen)
      }
      let beside = try siege.plan("alice") { state, pen throws(RegistryError) in
        try Forged.promoting(other, in: environment, state, pen)
      }
      plan.edits.merge(beside.edits) { $1 }
      let finding = try siege.forge(plan, as: "alice")
      if carried {
        finding.isRefused(by: .action, .pinMoves)
      } else {
        finding.isRefused(by: .action, .pinMoves, .promotion)
      }
    }
    let siege = try siege()
    var back = try siege.plan("alice") { state, pen throws(RegistryError) in
      try state.reverting([wish("1.0.0")], in: staging, why: "worse", pen)
    }
    let beside = try siege.plan("alice") { state, pen throws(RegistryError) in
      try Forged.promoting(wish("1.0.0"), in: production, state, pen)
    }
    back.edits.merge(beside.edits) { $1 }
    try siege.forge(back, as: "alice").isRefused(by: .action, .pinMoves, .revert)
  }

  @Test("I21: a promotion to what is live already")
  func nowhere() throws {
    let siege = try siege()
    let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      let base = try state.pin(triage, in: staging).map { PinMark($0) }
      let same = RequestedChange(name: triage, base: base, target: base?.live)
      return try Forged.promoting(
        Promotion(environment: staging, changes: [same], author: pen.member, request: nil), state,
        pen)
    }
    try siege.forge(plan, as: "alice").isRefused(by: .pin)
  }

  @Test("I6: an attempt that is said to be later than its entry")
  func laterAttempt() throws {
    let siege = try siege()
    let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      try Siege.publishing("support/triage", "three\n", state, pen)
    }
    let nonce = String(repeating: "f", count: 32)
    try siege.forge(plan, as: "alice") {
      $0.operation = try #require(OperationID(firstNumber: 99, nonce: nonce))
    }.isRefused(by: .sequence)
  }

  @Test("I21: a pin of a version that is not there, or with another digest or another life")
  func pins() throws {
    let spoilers: [(inout PinRecord) -> Void] = [
      { $0.live = VersionMark(version: SemanticVersion(1, 0, 1), digest: Digest(of: "other")) },
      { $0.before = [] }, { $0.since = Timestamp(seconds: 0) }, { $0.request = 2 },
      { $0.entry += 1 },
    ]
    for spoil in spoilers {
      let siege = try siege()
      var plan = try siege.plan("alice") { state, pen throws(RegistryError) in
        try Forged.promoting(wish("1.0.0"), in: staging, state, pen)
      }
      let slot = Slot.pin(staging, triage)
      var pin = try PinRecord(bytes: try #require(plan.edits[slot] ?? nil))
      spoil(&pin)
      plan.edits[slot] = pin.bytes
      let finding = try siege.forge(plan, as: "alice")
      #expect(finding.invariants.contains(.pin), "\(finding.messages)")
      #expect(finding.blamesTheForgeryOnly)
    }
  }
}
