import Contracts
import Keys
import Ledger
import Notation
import Testing

@testable import PromptRegistry

// What requests, reviews and closing may do.

extension JudgeTests {
  private func record(
    _ state: State, by who: String = "alice", _ subject: RequestRecord.Subject? = nil
  ) throws -> RequestRecord {
    let changes = try state.changes(for: [wish], in: production)
    return RequestRecord(
      author: try World.member(who), reason: "please",
      subject: subject ?? .promotion(production, changes))
  }

  private func request(_ record: RequestRecord, _ pen: Pen) -> Plan<Int> {
    plan(.request(record.subject), [.request(pen.entry): record.bytes])
  }

  @Test("a request names its author, and may take away only his own older ones")
  func authorOfRequest() throws {
    var world = try world()
    #expect(try invariants(world) { request(try record($0), $1) } == [])
    #expect(try invariants(world) { request(try record($0, by: "bob"), $1) } == [.records])
    let other = try world.act("bob") { state, pen throws(RegistryError) in
      try state.requesting([wish], in: production, reason: "mine", pen)
    }
    let stolen = try invariants(world) { state, pen in
      var plan = request(try record(state), pen)
      plan.edits[.request(other.id)] = .some(nil)
      return plan
    }
    #expect(stolen == [.action])
    #expect(
      try invariants(world) { state, _ in
        plan(.request(try record(state).subject), [.prompt(triage): nil])
      } == [.action])
  }

  @Test("a request is for a place that is there, sorted, within its limit, onto what is live")
  func subjectOfRequest() throws {
    let world = try world()
    let mark = VersionMark(
      version: first, digest: try world.state.existingRecord(of: triage, first).digest)
    func change(
      _ name: PromptName, _ target: VersionMark?, base: PinMark? = nil
    ) -> RequestedChange {
      RequestedChange(name: name, base: base, target: target)
    }
    let good = change(triage, mark)
    let moved = PinMark(
      PinRecord(
        live: mark, before: [], by: try World.member("alice"), entry: 3, request: nil,
        since: world.time))
    let wrong: [(RequestRecord.Subject, Set<Invariant>)] = [
      (.promotion(ghost, [good]), [.records]), (.promotion(production, []), [.records]),
      (.promotion(production, [good, good]), [.records]),
      (.promotion(production, [change(tone, nil)]), [.records]),
      (
        .promotion(production, [change(triage, mark, base: moved)]),
        [.records]
      ),
      (
        .promotion(
          production, [change(triage, VersionMark(version: first, digest: Digest(of: "x")))]),
        [.records]
      ),
      (.policy(base: Digest(of: "x"), target: Digest(of: "y")), [.action, .records]),
    ]
    for (subject, expected) in wrong {
      #expect(
        try invariants(world) { request(try record($0, subject), $1) } == expected, "\(subject)")
    }
    let many = (0...RequestRecord.targetLimit).compactMap { number in
      (try? PromptName("x-\(String(number + 10_000))")).map { change($0, nil) }
    }
    #expect(
      try invariants(world) { request(try record($0, .promotion(production, many)), $1) }
        .contains(.records))
  }

  @Test("a request for the policy is onto the policy that stands, and brings the one it names")
  func policyRequest() throws {
    let world = try world()
    func found(base: Digest? = nil, target: Digest? = nil) throws -> Set<Invariant> {
      try invariants(world) { state, pen in
        var next = state.policy
        next.version += 1
        let subject = RequestRecord.Subject.policy(
          base: base ?? Digest(of: state.policy.bytes), target: target ?? Digest(of: next.bytes))
        var plan = request(try record(state, subject), pen)
        plan.edits[.requestPolicy(pen.entry)] = next.bytes
        return plan
      }
    }
    #expect(try found() == [])
    #expect(try found(base: Digest(of: "x")) == [.records])
    #expect(try found(target: Digest(of: "x")) == [.records])
  }

  @Test("a yanked version is not asked for")
  func yankedTarget() throws {
    var world = try world()
    try world.publish("alice", "support/other", "x\n")
    let other = Wish(name: try PromptName("support/other"), version: first)
    let changes = try world.state.changes(for: [other], in: production)
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.yanking(other.name, first, why: "bad", pen)
    }
    #expect(
      try invariants(world) { request(try record($0, .promotion(production, changes)), $1) }
        == [.records])
  }

  @Test("a member has so many open requests and no more")
  func openRequests() throws {
    var world = try world()
    for number in 0...RequestRecord.openPerAuthorLimit {
      try world.publish("alice", "support/p-\(number)", "x\n")
    }
    for number in 0..<RequestRecord.openPerAuthorLimit {
      let wish = Wish(name: try PromptName("support/p-\(number)"), version: first)
      try world.act("alice") { state, pen throws(RegistryError) in
        try state.requesting([wish], in: production, reason: "please", pen)
      }
    }
    #expect(try invariants(world) { request(try record($0), $1) } == [.records])
    #expect(try invariants(world, "bob") { request(try record($0, by: "bob"), $1) } == [])
  }

  @Test("so many requests are open in all and no more")
  func allOpenRequests() throws {
    var world = try world()
    let theirs = try record(world.state, by: "bob").bytes
    var files: [Slot: [UInt8]] = [:]
    for id in 1...RequestRecord.openLimit - 1 { files[.request(1_000_000 + id)] = theirs }
    world.put(files)
    #expect(try invariants(world) { request(try record($0), $1) } == [])
    world.put([.request(1_000_000): theirs])
    #expect(try invariants(world) { request(try record($0), $1) } == [.records])
  }

  @Test("a review is written by an entry that reviews, and carries its trailers")
  func strayReview() throws {
    var world = try world()
    let open = try world.act("bob") { state, pen throws(RegistryError) in
      try state.requesting([wish], in: production, reason: "mine", pen)
    }
    let stray = try invariants(world) { state, pen in
      var plan = try publication(state, pen)
      let review = ReviewRecord(
        decision: .approve, entry: pen.entry, key: pen.key, subject: open.record.digest)
      plan.edits[.review(open.id, pen.member)] = review.bytes
      return plan
    }
    #expect(stray == [.review, .action])
    let bare = try invariants(world) { state, pen in
      var plan = try publication(state, pen)
      plan.review = ReviewMark(decision: .approve, subject: open.record.digest)
      return plan
    }
    #expect(bare == [.grammar])
  }

  @Test("only who may closes a request that is open")
  func close() throws {
    var world = try calmWorld()
    let open = try world.act("alice") { state, pen throws(RegistryError) in
      try state.requesting([wish], in: production, reason: "mine", pen)
    }
    func found(_ who: String, _ id: Int) throws -> Set<Invariant> {
      try invariants(world, who) { _, _ in
        var plan = plan(.close(id), [.request(id): nil])
        plan.request = id
        return plan
      }
    }
    #expect(try found("alice", open.id) == [])
    #expect(try found("alice", 99) == [.action])
    let author = try world.state.policy.demoted("bob", to: [.author])
    try world.act("alice") { state, pen throws(RegistryError) in
      try state.changingPolicy(to: author, reason: "less", pen)
    }
    #expect(try found("bob", open.id) == [.rights])
  }
}
