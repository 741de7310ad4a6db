package import Contracts
package import Keys
package import Notation

/// What somebody wants to publish, as one entry.
package struct PublishOrder: Sendable {
  package var drafts: [Draft]
  package var words: ChangeWords
  /// A bump that is meant whatever the verdict says: it may raise, never lower.
  package var atLeast: Bump?
  /// The version that the draft is a fix of; nil for the highest release.
  package var onto: SemanticVersion?
  /// The tag of a pre-release, `beta`; nil for a release.
  package var preReleaseTag: String?
  package var repetition: Repetition
  /// What the workspace holds beside the drafts; nil where there is none.
  package var surroundings: DraftSurroundings?

  /// Whether what was published already may be published once more, and what was retired be offered
  /// again.
  package enum Repetition: Sendable {
    case refused
    case meant
  }

  /// Drafts to be published as they usually are: nothing forced, nothing a second time.
  package init(_ drafts: [Draft], _ words: ChangeWords) {
    self.drafts = drafts
    self.words = words
    repetition = .refused
  }

  /// The ids of findings that the author says are none, as far as that may be said.
  var allowed: Set<String> { Set(words.allowed.map(\.id)).subtracting(Allowance.impossible) }
}

/// The drafts of a workspace that are not part of a publication, as far as they can be in its way.
package struct DraftSurroundings: Hashable, Sendable {
  /// Drafts that differ from what they began from.
  package let changed: Set<PromptName>
  /// The version that each name was last pulled at.
  package let starts: [PromptName: SemanticVersion]

  package init(changed: Set<PromptName>, starts: [PromptName: SemanticVersion]) {
    self.changed = changed
    self.starts = starts
  }
}

/// A version that was published.
package struct Published: Hashable, Sendable {
  package let name: PromptName
  package let version: SemanticVersion
  package let digest: Digest
  package let bump: Bump
  package let reasons: [Value]
}

extension Published {
  /// The element of `published` that `publish --json` answers.
  package var value: Value {
    [
      "name": .string(name.text), "version": Field.text(version), "digest": Field.text(digest),
      "bump": .string(bump.rawValue), "reasons": .list(reasons),
    ]
  }
}

extension State {
  /// The published text of whatever includes one of these partials in its newest release.
  package func dependents(of partials: Set<PromptName>) throws(RegistryError) -> [Draft] {
    guard !partials.isEmpty else { return [] }
    var drafts: [Draft] = []
    for name in try names() where try isOffered(name) {
      guard let highest = try versions(of: name).highestRelease,
        let record = try record(of: name, highest),
        record.includes.contains(where: { partials.contains($0.name) })
      else { continue }
      drafts.append(try publishedDraft(name, highest))
    }
    return drafts
  }

  /// The text of a version and what was frozen beside it, as a draft that begins from it.
  package func publishedDraft(
    _ name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> Draft {
    try requirePublished(name)
    _ = try existingRecord(of: name, version)
    let source = try file(.source, of: name, version) ?? []
    var draft = Draft(name: name, source: source, start: version)
    draft.cases = try file(.cases, of: name, version)
    draft.brief = try file(.brief, of: name, version)
    return draft
  }

  /// Publishes drafts as one entry, all or none, partials before what includes them.
  package func publishing(
    _ order: PublishOrder, _ pen: Pen
  ) throws(RegistryError) -> Plan<[Published]> {
    try order.words.requireTheirOwn()
    var bench = PublishBench(state: self, order: order, pen: pen)
    try bench.requireRights()
    for draft in try bench.partialsFirst() { try bench.add(draft) }
    guard bench.breaks.isEmpty else { throw .majorNotMeant(bench.breaks) }
    guard !bench.published.isEmpty else {
      throw .nothingChanged(.drafts(order.drafts.map(\.name).sorted()))
    }
    let versions = bench.published.map {
      Headline.Publication(name: $0.name, version: $0.version)
    }
    var plan = Plan(
      .publish(versions), text: order.words.text, edits: bench.edits, answer: bench.published)
    plan.allowed = order.allowed
    return plan
  }
}
