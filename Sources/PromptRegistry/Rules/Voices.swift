package import Contracts

/// What the members have said about one request, as far as it counts.
package struct Voices: Hashable, Sendable {
  package let approvals: Set<MemberName>
  package let rejections: Set<MemberName>

  package init(approvals: Set<MemberName>, rejections: Set<MemberName>) {
    self.approvals = approvals
    self.rejections = rejections
  }
}

extension State {
  /// The reviews of a request that count: of these very bytes, by a key that is still its member's.
  package func voices(on request: NumberedRequest) throws(RegistryError) -> Voices {
    let subject = request.record.digest
    let counting = try reviews(of: request.id).filter { review in
      review.record.subject == subject
        && policy.member(review.member)?.keys.contains(review.record.key) == true
    }
    return Voices(
      approvals: Set(counting.filter { $0.record.decision == .approve }.map(\.member)),
      rejections: Set(counting.filter { $0.record.decision == .reject }.map(\.member)))
  }

  /// Whose word counts for a promotion, by the rule of its environment.
  package func tally(
    for promotion: Promotion, _ rule: EnvironmentRule
  ) throws(RegistryError) -> Tally {
    let voices =
      try promotion.request.map { request throws(RegistryError) in try self.voices(on: request) }
      ?? Voices(approvals: [], rejections: [])
    var tally = Tally(need: rule.approvals, ownersNeed: rule.ownerApprovals)
    tally.rejections = voices.rejections.sorted()
    guard rule.approvals > 0 else { return tally }
    let others =
      rule.selfApproval
      ? voices.approvals : voices.approvals.subtracting([promotion.author])
    tally.owners = promotion.names.map { name in
      Tally.Owners(name: name, approvals: others.intersection(policy.owners(of: name)))
    }
    tally.approvals = others.filter { policy.mayVouch($0, for: promotion.names) }
    guard !rule.selfApproval else { return tally }
    var speaking = tally.approvals
    // Whoever asked speaks for it, as long as a key of his counts.
    if policy.member(promotion.author)?.keys.isEmpty == false { speaking.insert(promotion.author) }
    tally.brought = try broughtIn(by: promotion).map { version in
      Tally.Brought(version: version, voices: speaking.subtracting([version.publisher]))
    }
    return tally
  }

  /// What the tally lacks, and who could give it.
  func missingVoices(
    for promotion: Promotion, _ rule: EnvironmentRule
  ) throws(RegistryError) -> [Missing] {
    let tally = try tally(for: promotion, rule)
    let reviewers = policy.members(
      allowed: .review(.promotion(promotion.environment, promotion.changes)))
    let others = reviewers.filter { rule.selfApproval || $0 != promotion.author }
    let helpers = others.filter {
      !tally.approvals.contains($0) && policy.mayVouch($0, for: promotion.names)
    }
    var missing = tally.rejections.map { Missing(.rejected(by: $0), members: [$0]) }
    if tally.approvals.count < tally.need {
      missing.append(
        Missing(.approvals(have: tally.approvals.count, need: tally.need), members: helpers))
    }
    // Both counts are those of the design, although whoever reaches the first reaches the second.
    missing += tally.brought.filter { $0.voices.count < tally.need }.map { brought in
      let version = brought.version
      return Missing(
        .voices(version.name, version.version, have: brought.voices.count, need: tally.need),
        members: helpers.filter { $0 != version.publisher })
    }
    for share in tally.owners where share.approvals.count < tally.ownersNeed {
      missing.append(
        Missing(
          .ownerApprovals(share.name, have: share.approvals.count, need: tally.ownersNeed),
          members: others.filter {
            policy.owners(of: share.name).contains($0) && !share.approvals.contains($0)
          }))
    }
    return missing
  }
}

/// Whose word counts for what in one promotion; what is asked for and what is given side by side.
package struct Tally: Hashable, Sendable {
  /// How many members each of the two counts must reach.
  package let need: Int
  /// How many of the approvals must be those of owners, for each prompt.
  package let ownersNeed: Int
  /// Rejections that stand.
  package fileprivate(set) var rejections: [MemberName] = []
  /// The first count: who approved, the request's author left out.
  package fileprivate(set) var approvals: Set<MemberName> = []
  /// The second count, of each version that would come in; none where one's own word counts.
  package fileprivate(set) var brought: [Brought] = []
  /// The share of the owners, for each prompt.
  package fileprivate(set) var owners: [Owners] = []

  /// Who speaks for a version, its publisher left out.
  package struct Brought: Hashable, Sendable {
    package let version: BroughtIn
    package let voices: Set<MemberName>
  }

  /// Which owners of a prompt approved.
  package struct Owners: Hashable, Sendable {
    package let name: PromptName
    package let approvals: Set<MemberName>
  }

  fileprivate init(need: Int, ownersNeed: Int) {
    self.need = need
    self.ownersNeed = ownersNeed
  }
}

/// A version that a promotion brings in, and who published it.
package struct BroughtIn: Hashable, Sendable {
  package let name: PromptName
  package let version: SemanticVersion
  package let publisher: MemberName
}

extension State {
  /// Of each prompt all versions after the live one's up to the target, and of each partial of the
  /// target's closure the same against the live version's closure; each version once.
  package func broughtIn(by promotion: Promotion) throws(RegistryError) -> [BroughtIn] {
    var seen: Set<Headline.Publication> = []
    var brought: [BroughtIn] = []
    for change in promotion.changes {
      guard let target = change.target else { continue }
      let record = try existingRecord(of: change.name, target.version)
      var spans = [Span(name: change.name, after: change.base?.live?.version, upTo: target.version)]
      let frozen = try change.base?.live.map { live throws(RegistryError) in
        try existingRecord(of: change.name, live.version).includes
      }
      for include in record.includes {
        let old = frozen?.first { $0.name == include.name }
        spans.append(Span(name: include.name, after: old?.version, upTo: include.version))
      }
      for span in spans {
        for version in try versions(in: span)
        where seen.insert(.init(name: span.name, version: version)).inserted {
          let publisher = try existingRecord(of: span.name, version).by
          brought.append(BroughtIn(name: span.name, version: version, publisher: publisher))
        }
      }
    }
    return brought
  }

  /// The versions from one, excluded, to another, included.
  private struct Span {
    let name: PromptName
    let after: SemanticVersion?
    let upTo: SemanticVersion
  }

  /// The target alone where it is older than the base; none where nothing changes.
  private func versions(in span: Span) throws(RegistryError) -> [SemanticVersion] {
    guard let after = span.after else {
      return try versions(of: span.name).map(\.version).filter { $0 <= span.upTo }
    }
    guard after != span.upTo else { return [] }
    guard after < span.upTo else { return [span.upTo] }
    return try versions(of: span.name).map(\.version).filter { after < $0 && $0 <= span.upTo }
  }

  /// The record of a version that something else names, so it must be there.
  package func existingRecord(
    of name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> VersionRecord {
    guard let record = try record(of: name, version) else {
      throw .unknownVersion(
        name, asked: version.description, existing: try versions(of: name).map(\.version))
    }
    return record
  }
}
