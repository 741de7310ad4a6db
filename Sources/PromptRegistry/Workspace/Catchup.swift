import Contracts
import Ledger
package import Notation

/// What bringing one draft up to date does.
package struct Catchup: Hashable, Sendable {
  package let draft: Draft
  package let kind: Kind

  /// How it came about.
  package enum Kind: String, Sendable {
    /// There was no draft of it.
    case added
    /// The draft said nothing of its own.
    case updated
    /// Both had changed, each elsewhere.
    case merged
    /// Both had changed the same lines.
    case conflict
  }

  /// The element of `drafts` that `pull --json` answers.
  package var value: Value {
    [
      "name": .string(draft.name.text), "state": .string(kind.rawValue),
      "base": Field.text(draft.start),
    ]
  }
}

extension State {
  /// What brings the drafts of a workspace up to the newest releases; nothing that an author wrote
  /// is lost.
  package func catchups(of drafts: [Draft]) throws(RegistryError) -> [Catchup] {
    let byName = Dictionary(drafts.map { ($0.name, $0) }) { $1 }
    var catchups: [Catchup] = []
    for name in try names() where try isOffered(name) {
      guard let highest = try versions(of: name).highestRelease else { continue }
      let newest = try publishedDraft(name, highest)
      guard let draft = byName[name] else {
        catchups.append(Catchup(draft: newest, kind: .added))
        continue
      }
      guard draft.start != highest else { continue }
      catchups.append(try catchup(draft, to: newest))
    }
    return catchups
  }

  private func catchup(_ draft: Draft, to newest: Draft) throws(RegistryError) -> Catchup {
    let base = try draft.start.map { start throws(RegistryError) in
      try publishedDraft(draft.name, start)
    }
    var merged = newest
    var hasConflicts = false
    merged.source = try merge(base?.source, draft.source, newest, newest.source, &hasConflicts)
    if let mine = draft.cases, mine != base?.cases {
      merged.cases = try merge(base?.cases, mine, newest, newest.cases ?? [], &hasConflicts)
    }
    if let mine = draft.brief, mine != base?.brief {
      merged.brief = try merge(base?.brief, mine, newest, newest.brief ?? [], &hasConflicts)
    }
    let saysNothing = base.map { $0.source == draft.source && $0.cases == draft.cases } ?? false
    let kind: Catchup.Kind = hasConflicts ? .conflict : saysNothing ? .updated : .merged
    return Catchup(draft: merged, kind: kind)
  }

  private func merge(
    _ base: [UInt8]?, _ mine: [UInt8], _ newest: Draft, _ theirs: [UInt8],
    _ hasConflicts: inout Bool
  ) throws(RegistryError) -> [UInt8] {
    if mine == base || mine == theirs { return theirs }
    do throws(LedgerError) {
      let label = "\(newest.name) \(newest.start?.description ?? "")"
      let merge = try ThreeWayMerge(
        base: base ?? [], ours: ("your draft", mine), theirs: (label, theirs))
      hasConflicts = hasConflicts || merge.hasConflicts
      return merge.bytes
    } catch {
      throw .ledger(error)
    }
  }
}
