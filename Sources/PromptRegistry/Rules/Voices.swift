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

  /// The two counts of approvals, the owners' share, and rejections that stand.
  func missingVoices(
    for promotion: Promotion, _ rule: EnvironmentRule
  ) throws(RegistryError) -> [Missing] {
    let voices =
      try promotion.request.map { request throws(RegistryError) in try self.voices(on: request) }
      ?? Voices(approvals: [], rejections: [])
    var missing = voices.rejections.sorted().map { Missing(.rejected(by: $0), members: [$0]) }
    guard rule.approvals > 0 else { return missing }
    let reviewers = policy.members(
      allowed: .review(.promotion(promotion.environment, promotion.changes)))
    let helpers = reviewers.filter { name in
      !voices.approvals.contains(name) && (rule.selfApproval || name != promotion.author)
    }
    let approvals =
      rule.selfApproval
      ? voices.approvals : voices.approvals.subtracting([promotion.author])
    if approvals.count < rule.approvals {
      missing.append(
        Missing(.approvals(have: approvals.count, need: rule.approvals), members: helpers))
    }
    missing += try missingPublishers(for: promotion, rule, voices, helpers)
    for name in promotion.names {
      let owners = policy.owners(of: name)
      let have = approvals.filter(owners.contains).count
      guard have < rule.ownerApprovals else { continue }
      missing.append(
        Missing(
          .ownerApprovals(name, have: have, need: rule.ownerApprovals),
          members: helpers.filter(owners.contains)))
    }
    return missing
  }

  /// Nobody's text goes live on his own word: of every version that comes in, so many others.
  private func missingPublishers(
    for promotion: Promotion, _ rule: EnvironmentRule, _ voices: Voices,
    _ helpers: [MemberName]
  ) throws(RegistryError) -> [Missing] {
    guard !rule.selfApproval else { return [] }
    let speaking = voices.approvals.union([promotion.author])
    var missing: [Missing] = []
    for version in try broughtIn(by: promotion) {
      let have = speaking.subtracting([version.publisher]).count
      guard have < rule.approvals else { continue }
      missing.append(
        Missing(
          .voices(version.name, version.version, have: have, need: rule.approvals),
          members: helpers.filter { $0 != version.publisher }))
    }
    return missing
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
