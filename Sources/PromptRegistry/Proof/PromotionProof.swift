import Contracts
import Keys
import Ledger
import Notation

/// An entry that promoted a version, with all that its rule was judged by.
struct PromotionProof: Sendable {
  private let mark: EntryMark
  private let promotion: Promotion
  private let change: RequestedChange
  private let policy: (version: Int, digest: Digest)
  private let rule: EnvironmentRule
  private let reviews: [CountedReview]
  private let tally: Tally
  private let staySeconds: Int64?

  /// Reads the state that the entry was judged against: request, reviews, policy and pins.
  init(
    of name: PromptName, in environment: EnvironmentName, _ pin: PinRecord, set entry: SignedEntry,
    on before: State
  ) throws(RegistryError) {
    mark = try EntryMark(entry)
    promotion = try Self.promotion(of: name, in: environment, pin, on: before)
    guard let change = promotion.changes.first(where: { $0.name == name }),
      let rule = before.policy.environment(environment)
    else { throw .unknownEntry(pin.entry.description, newest: before.entry) }
    self.change = change
    self.rule = rule
    policy = (before.policy.version, Digest(of: before.policy.bytes))
    let asked = promotion.request
    let voices = try asked.map { request throws(RegistryError) in
      try before.voices(on: request)
    }
    reviews =
      try asked.map { request throws(RegistryError) in
        try before.reviews(of: request.id)
      }.map { reviews in reviews.map { CountedReview($0, voices) } } ?? []
    tally = try before.tally(for: promotion, rule)
    if let from = rule.from, let target = change.target {
      staySeconds = try before.longestStay(of: name, target.version, in: from, until: mark.at)
    } else {
      staySeconds = nil
    }
  }

  /// The request as it stood, or what an entry without one did to this pin.
  private static func promotion(
    of name: PromptName, in environment: EnvironmentName, _ pin: PinRecord, on before: State
  ) throws(RegistryError) -> Promotion {
    if let id = pin.request, let record = try before.request(id),
      let promotion = Promotion(NumberedRequest(id: id, record: record))
    {
      return promotion
    }
    let base = try before.pin(name, in: environment).map { PinMark($0) }
    return Promotion(
      environment: environment,
      changes: [RequestedChange(name: name, base: base, target: pin.live)], author: pin.by,
      request: nil)
  }
}

/// A review that stood when the promotion was carried out.
private struct CountedReview: Sendable {
  let review: Review
  let counts: Bool

  init(_ review: Review, _ voices: Voices?) {
    self.review = review
    let counting =
      switch review.record.decision {
      case .approve: voices?.approvals
      case .reject: voices?.rejections
      }
    counts = counting?.contains(review.member) ?? false
  }
}

// MARK: - For readers

extension PromotionProof {
  var lines: [String] {
    mark.lines + requestLines
      + ["  judged by policy \(policy.version), \(policy.digest)"]
      + ["    \(promotion.environment): \(rule.phrase)"]
      + stayLines + reviewLines + tallyLines
  }

  private var requestLines: [String] {
    let base = change.base.map { base in
      "\(base.live.map { "\($0.version)" } ?? "nothing"), set by entry \(base.entry)"
    }
    let target = change.target.map { "\($0.version) \($0.digest)" } ?? "nothing"
    let move = "moves \(change.name) from \(base ?? "nothing") to \(target)"
    guard let request = promotion.request else { return ["  without a request", "    \(move)"] }
    return [
      "  carries out request \(request.id) by \(promotion.author), \(request.record.digest)",
      "    because: \(ErrorText.oneLine(request.record.reason))", "    \(move)",
    ]
  }

  private var stayLines: [String] {
    guard let from = rule.from, let staySeconds else { return [] }
    return ["    it had been live in \(from) for \(Soak.text(Int(staySeconds)))"]
  }

  private var reviewLines: [String] {
    reviews.map { counted in
      let record = counted.review.record
      return "  \(record.decision.rawValue) by \(counted.review.member) in entry \(record.entry), "
        + "\(counted.counts ? "counted" : "not counted"), signed with \(record.key.fingerprint)"
    }
  }

  private var tallyLines: [String] {
    guard tally.need > 0 else { return [] }
    let first = Self.count(tally.approvals, of: tally.need)
    let beside = rule.selfApproval ? "" : " by others than \(promotion.author)"
    return ["  approvals\(beside): \(first)"]
      + tally.brought.map { brought in
        let version = brought.version
        return "  voices for \(version.name) \(version.version), published by "
          + "\(version.publisher), of others: \(Self.count(brought.voices, of: tally.need))"
      }
      + tally.owners.filter { _ in tally.ownersNeed > 0 }.map { share in
        "  approvals by owners of \(share.name): "
          + Self.count(share.approvals, of: tally.ownersNeed)
      }
  }

  private static func count(_ members: Set<MemberName>, of need: Int) -> String {
    let names = members.sorted().map(\.text).joined(separator: ", ")
    return "\(members.count) of \(need)" + (names.isEmpty ? "" : " (\(names))")
  }
}

extension PromotionProof {
  var value: Value {
    [
      "kind": "promotion", "entry": mark.value,
      "request": promotion.request.map { request in
        [
          "request": Field.number(request.id), "author": Field.text(promotion.author),
          "reason": .string(request.record.reason), "subject": Field.text(request.record.digest),
        ]
      } ?? .null,
      "change": ["base": change.base?.value ?? .null, "target": change.target?.value ?? .null],
      "policy": [
        "version": Field.number(policy.version), "digest": Field.text(policy.digest),
        "rules": rule.rules,
      ],
      "stay_seconds": Field.number(staySeconds.map { Int($0) }),
      "reviews": .list(
        reviews.map { counted in
          [
            "member": Field.text(counted.review.member),
            "decision": .string(counted.review.record.decision.rawValue),
            "entry": Field.number(counted.review.record.entry),
            "key": .string(counted.review.record.key.line), "counts": .bool(counted.counts),
          ]
        }),
      "counts": countsValue,
    ]
  }

  private var countsValue: Value {
    func names(_ members: Set<MemberName>) -> Value {
      .list(members.sorted().map { .string($0.text) })
    }
    return [
      "need": Field.number(tally.need), "approvals": names(tally.approvals),
      "voices": .list(
        tally.brought.map { brought in
          [
            "name": Field.text(brought.version.name),
            "version": Field.text(brought.version.version),
            "publisher": Field.text(brought.version.publisher), "members": names(brought.voices),
          ]
        }),
      "owners_need": Field.number(tally.ownersNeed),
      "owners": .list(
        tally.owners.map { ["name": Field.text($0.name), "members": names($0.approvals)] }),
    ]
  }
}
