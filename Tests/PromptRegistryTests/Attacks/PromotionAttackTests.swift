import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

/// Attacks on what is live: I20 to I25. Each is mounted on a real repository.
struct PromotionAttackTests {
  let triage: PromptName
  let staging: EnvironmentName
  let production: EnvironmentName

  init() throws {
    triage = try PromptName("support/triage")
    staging = try EnvironmentName("staging")
    production = try EnvironmentName("production")
  }

  func wish(_ version: String) -> Wish {
    Wish(name: triage, version: SemanticVersion(version))
  }

  /// Alice published 1.0.0 and 1.0.1, and both have been live in staging.
  func siege(approvals: Int = 1) throws -> Siege {
    let siege = try Siege(approvals: approvals)
    for (text, version) in [("one\n", "1.0.0"), ("two\n", "1.0.1")] {
      try siege.publish("alice", "support/triage", text)
      try siege.promote("alice", wish(version), to: "staging")
    }
    return siege
  }

  private func promoting(
    _ siege: Siege, _ request: NumberedRequest, by who: String = "alice"
  ) throws -> Finding {
    let plan = try siege.plan(who) { state, pen throws(RegistryError) in
      try Forged.promoting(request: request.id, state, pen)
    }
    return try siege.forge(plan, as: who)
  }

  @Test("what is honest is not refused, also when stock git wrote it")
  func honest() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    let finding = try promoting(siege, request)
    #expect(finding.invariants.isEmpty, "\(finding.messages)")
  }

  @Test("I24: promoted without a word of anybody, or without asking at all")
  func nobodyAsked() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try promoting(siege, request).isRefused(by: .promotion)
    let other = try self.siege()
    let plan = try other.plan("alice") { state, pen throws(RegistryError) in
      try Forged.promoting(wish("1.0.0"), in: production, state, pen)
    }
    try other.forge(plan, as: "alice").isRefused(by: .promotion)
  }

  @Test("I24: one's own request approved, with the same key and with a second one")
  func ownApproval() throws {
    for key in ["alice", "alice2"] {
      let siege = try siege()
      let request = try siege.request("alice", wish("1.0.0"), to: "production")
      let pen = try siege.pen("alice", with: key)
      let record = ReviewRecord(
        decision: .approve, entry: pen.entry, key: pen.key, subject: request.record.digest)
      let finding = try siege.forge(
        Forged.reviewing(request.id, record, pen), as: "alice", with: key)
      // The review may stand; it does not count.
      #expect(finding.invariants.isEmpty, "\(finding.messages)")
      try promoting(siege, request).isRefused(by: .promotion)
    }
  }

  @Test("I24: one's own text behind a colleague's version, and in a partial")
  func ownTextBehind() throws {
    let siege = try self.siege()
    try siege.publish("bob", "support/triage", "a colleague's typo fix\n")
    try siege.promote("alice", wish("1.0.2"), to: "staging")
    let request = try siege.request("alice", wish("1.0.2"), to: "production")
    try promoting(siege, request).isRefused(by: .promotion)

    let other = try Siege()
    try other.publish("alice", "support/_tone", "Be kind.\n")
    try other.publish("bob", "support/triage", "{{> support/tone}}\n")
    try other.promote("alice", wish("1.0.0"), to: "staging")
    let asked = try other.request("alice", wish("1.0.0"), to: "production")
    try promoting(other, asked).isRefused(by: .promotion)
  }

  @Test("I24: one member counted twice, by two keys")
  func countedTwice() throws {
    let siege = try siege(approvals: 2)
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    try siege.approve("bob2", request)
    try promoting(siege, request).isRefused(by: .promotion)
  }

  @Test("I24: an approval with a key that was revoked since")
  func revokedApproval() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    let bob = try World.member("bob")
    try siege.act("bob2") { state, pen throws(RegistryError) in
      try state.changingPolicy(
        to: state.policy.revoking(state.policy.member(bob)?.keys.first, of: bob, at: pen.at),
        reason: "lost", pen)
    }
    try promoting(siege, request).isRefused(by: .promotion)
  }

  @Test("I24: over a rejection that stands")
  func rejected() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    try siege.act("carol") { state, pen throws(RegistryError) in
      try state.reviewing(request, .reject, reason: "not yet", pen)
    }
    try promoting(siege, request).isRefused(by: .promotion)
  }

  @Test("I24: the environment moved after the approval, also there and back")
  func environmentMoved() throws {
    let siege = try siege()
    let first = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", first)
    try siege.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(request: first.id, pen)
    }
    let asked = try siege.request("alice", wish("1.0.1"), to: "production")
    try siege.approve("bob", asked)
    let other = try siege.request("bob", wish("1.0.1"), to: "production")
    try siege.approve("alice", other)
    try siege.act("bob") { state, pen throws(RegistryError) in
      try state.promoting(request: other.id, pen)
    }
    try promoting(siege, asked).isRefused(by: .promotion)

    let again = try self.siege()
    let one = try again.request("alice", wish("1.0.0"), to: "production")
    try again.approve("bob", one)
    try again.act("alice") { state, pen throws(RegistryError) in
      try state.promoting(request: one.id, pen)
    }
    let two = try again.request("alice", wish("1.0.1"), to: "production")
    let three = try again.request("bob", wish("1.0.1"), to: "production")
    try again.approve("bob", two)
    try again.approve("alice", three)
    try again.act("bob") { state, pen throws(RegistryError) in
      try state.promoting(request: three.id, pen)
    }
    try again.act("alice") { state, pen throws(RegistryError) in
      try state.reverting([wish("1.0.0")], in: production, why: "back", pen)
    }
    try promoting(again, two).isRefused(by: .promotion)
  }

  @Test("I24: into a locked environment, out of order, before the soak, and a yanked version")
  func order() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    try siege.act("carol") { state, pen throws(RegistryError) in
      try state.locking(production, why: "incident", pen)
    }
    try promoting(siege, request).isRefused(by: .promotion)

    let early = try self.siege()
    try early.publish("alice", "support/triage", "three\n")
    let asked = try early.request("alice", wish("1.0.2"), to: "production")
    try early.approve("bob", asked)
    try promoting(early, asked).isRefused(by: .promotion)

    let soaking = try Siege { $0.environments[1].soakSeconds = 3600 }
    try soaking.publish("alice", "support/triage", "one\n")
    try soaking.promote("alice", wish("1.0.0"), to: "staging")
    let soon = try soaking.request("alice", wish("1.0.0"), to: "production")
    try soaking.approve("bob", soon)
    try promoting(soaking, soon).isRefused(by: .promotion)

    let yanked = try self.siege()
    let bad = try yanked.request("alice", wish("1.0.0"), to: "production")
    try yanked.approve("bob", bad)
    try yanked.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(triage, SemanticVersion(1, 0, 0), why: "bad", pen)
    }
    try promoting(yanked, bad).isRefused(by: .promotion)
  }

  @Test("I24: too few approvals of owners")
  func owners() throws {
    let siege = try Siege { $0.environments[1].ownerApprovals = 1 }
    let invoice = try PromptName("billing/invoice")
    try siege.publish("bob", "billing/invoice", "one\n")
    let wish = Wish(name: invoice, version: SemanticVersion(1, 0, 0))
    try siege.promote("bob", wish, to: "staging")
    let request = try siege.request("bob", wish, to: "production")
    try siege.approve("carol", request)
    try promoting(siege, request, by: "bob").isRefused(by: .promotion)
  }

  @Test("I25: a revert forward to the version that was reverted, and to what was never live")
  func reverts() throws {
    for version in ["1.0.1", "1.0.2"] {
      let siege = try siege()
      try siege.publish("alice", "support/triage", "never live\n")
      try siege.act("alice") { state, pen throws(RegistryError) in
        try state.reverting([wish("1.0.0")], in: staging, why: "worse", pen)
      }
      let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
        let number = SemanticVersion(version) ?? SemanticVersion(0, 0, 0)
        let record = try state.existingRecord(of: triage, number)
        return try Forged.reverting(
          triage, to: VersionMark(version: number, digest: record.digest), in: staging, state, pen)
      }
      try siege.forge(plan, as: "alice").isRefused(by: .revert)
    }
  }

  @Test("I25: a revert without a reason, and to a version that was yanked since")
  func revertsToWhatIsWithdrawn() throws {
    let siege = try siege()
    let silent = try siege.plan("alice") { state, pen throws(RegistryError) in
      try state.reverting([wish("1.0.0")], in: staging, why: "", pen)
    }
    try siege.forge(silent, as: "alice").isRefused(by: .revert)
    let other = try self.siege()
    try other.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(triage, SemanticVersion(1, 0, 0), why: "bad", pen)
    }
    let late = try other.plan("alice") { state, pen throws(RegistryError) in
      let record = try state.existingRecord(of: triage, SemanticVersion(1, 0, 0))
      return try Forged.reverting(
        triage, to: VersionMark(version: record.version, digest: record.digest), in: staging,
        state, pen)
    }
    try other.forge(late, as: "alice").isRefused(by: .revert)
  }

  @Test("I23: a review moved to another request")
  func movedReview() throws {
    let siege = try siege()
    let shown = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", shown)
    let signed = try siege.tip().entry
    let other = try siege.request("bob", wish("1.0.1"), to: "production")
    // Bob's own words, with his signature, behind the newest entry.
    var moved = try siege.entry(
      Forged.reviewing(
        other.id,
        ReviewRecord(
          decision: .approve, entry: siege.pen("bob").entry, key: siege.pen("bob").key,
          subject: shown.record.digest), siege.pen("bob")), as: "bob")
    moved.deed.review = signed.entry.deed.review
    try siege.verdict(on: moved.commit(signature: signed.signature))
      .isRefused(by: .signature, .review)
    // Even with his key it says which request it is of.
    let again = try self.siege()
    let first = try again.request("alice", wish("1.0.0"), to: "production")
    let second = try again.request("bob", wish("1.0.1"), to: "production")
    let pen = try again.pen("carol")
    let record = ReviewRecord(
      decision: .approve, entry: pen.entry, key: pen.key, subject: first.record.digest)
    try again.forge(Forged.reviewing(second.id, record, pen), as: "carol")
      .isRefused(by: .review)
  }

  @Test("I23: a review of a request that is closed, and one whose file says something else")
  func reviewOfNothing() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    let pen = try siege.pen("carol")
    let record = ReviewRecord(
      decision: .approve, entry: pen.entry, key: pen.key, subject: request.record.digest)
    var plan = Forged.reviewing(request.id, record, pen)
    plan.review = ReviewMark(decision: .reject, subject: request.record.digest)
    let finding = try siege.forge(plan, as: "carol")
    #expect(finding.invariants == [.review, .grammar], "\(finding.messages)")
    let closed = try self.siege()
    let late = try closed.pen("carol")
    try closed.forge(
      Forged.reviewing(
        99,
        ReviewRecord(
          decision: .approve, entry: late.entry, key: late.key, subject: Digest(of: "x")), late),
      as: "carol"
    ).isRefused(by: .review)
  }

  @Test("I23: the content of a request swapped after its approval")
  func swapped() throws {
    let siege = try siege()
    let request = try siege.request("alice", wish("1.0.0"), to: "production")
    try siege.approve("bob", request)
    var plan = try siege.plan("carol") { state, pen throws(RegistryError) in
      try state.reviewing(request, .approve, reason: "", pen)
    }
    let other = try siege.tip().state.changes(for: [wish("1.0.1")], in: production)
    plan.edits[.request(request.id)] =
      RequestRecord(
        author: request.record.author, reason: "please", subject: .promotion(production, other)
      ).bytes
    try siege.forge(plan, as: "carol").isRefused(by: .review, .action)
  }

  @Test("I20: a request that is not numbered as its entry")
  func requestNumber() throws {
    let siege = try siege()
    let plan = try siege.plan("alice") { state, pen throws(RegistryError) in
      let wrong = Pen(member: pen.member, key: pen.key, entry: pen.entry + 5, at: pen.at)
      return try state.requesting([wish("1.0.0")], in: production, reason: "please", wrong)
    }
    try siege.forge(plan, as: "alice").isRefused(by: .requestNumber)
  }
}
