package import Contracts
import Keys
import Ledger
package import Notation

// What a service needs of a registry, in words that need no ledger and no keys to be said.

extension Registry {
  /// Opens the ledger of a folder and keeps in another what was verified of it.
  package static func open(
    _ path: String, rememberingIn folder: String
  ) throws(RegistryError) -> Registry {
    try open(path, memory: Memory(folder: folder, place: path))
  }

  /// The newest state that holds, with the index of its past at hand: what a program does before it
  /// answers others. `report` is told how many of how many entries were read.
  package func prepared(
    _ report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws(RegistryError) -> RegistryTip {
    let tip = try tip { report($0.done, $0.total) }
    try prepareHistory(upTo: tip.entry) { report($0.done, $0.total) }
    return tip
  }

  /// The same later, with the state that is known where it is still that one. Files that git has
  /// replaced meanwhile are let go of.
  package func tip(after known: RegistryTip) throws(RegistryError) -> RegistryTip {
    let standing: Standing
    do throws(LedgerError) {
      try journal.renewAfterPacking()
      standing = try journal.holding()
    } catch {
      throw .ledger(error)
    }
    guard standing.tip?.digest == known.entry.digest else { return try tip(at: standing) }
    return RegistryTip(
      entry: known.entry, state: known.state, memoryProblem: standing.memoryProblem,
      refused: standing.refused)
  }

  /// So many entries after the one with this number, up to another, oldest first.
  package func entries(
    after number: Int, limit: Int, upTo tip: RegistryTip
  ) throws(RegistryError) -> [HistoryEntry] {
    let last = min(tip.number, max(0, number) + limit)
    guard number < last else { return [] }
    return try looking(upTo: tip.entry) { lookup throws(RegistryError) in
      var entries: [HistoryEntry] = []
      for number in (max(0, number) + 1)...last {
        entries.append(try lookup.told(try lookup.entry(number)))
      }
      return entries
    }
  }

  /// The state at a time; nil where the ledger is younger.
  package func state(
    at time: Timestamp, before tip: RegistryTip
  ) throws(RegistryError) -> State? {
    guard let entry = try entry(at: time, from: tip.entry) else { return nil }
    return try state(after: entry)
  }
}

extension RegistryTip {
  /// The number of the newest entry.
  package var number: Int { state.entry }

  /// What to say where this machine cannot remember what it verified.
  package var memoryWarning: String? { memoryProblem.map { ErrorText.warning(ofMemory: $0) } }

  /// The id of the ledger, by which it is told apart from every other.
  package var idText: String { entry.ledgerID.description }
}

/// SHA-256 for those who may not call a cryptographic library.
package enum Fingerprint {
  /// The digest as 64 lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String { Digest(of: bytes).hex }
}

extension EnrolledToken {
  /// The digest of the token as 64 lower-case hexadecimal digits.
  package var hashText: String { hash.hex }
}

extension Resolved {
  /// The digest of the version, as people see it.
  package var digestText: String { record.digest.description }
}

extension HistoryEntry {
  /// The same with fewer names and without its headline, for a reader who may not see all of it.
  ///
  /// The words of a publication are left: each version has them in its changelog. All other words
  /// are about the entry as a whole.
  package func redacted(to names: [PromptName]) -> HistoryEntry {
    let words =
      action == .publish
      ? ChangeWords(what: words.what, why: words.why, impact: words.impact)
      : ChangeWords(what: "", why: nil, impact: nil)
    return HistoryEntry(
      number: number, action: action, by: by, at: at, headline: action.rawValue, words: words,
      digest: digest, request: request,
      decision: decision, published: published.filter { names.contains($0.name) },
      environment: environment, names: names)
  }
}

extension State {
  /// The highest of some versions that a range means; nil where none does.
  package static func highest(
    _ selector: Reference.Selector, among versions: [SemanticVersion]
  ) -> SemanticVersion? {
    switch selector {
    case .latest: versions.max()
    case .range(let range): range.highest(in: versions)
    case .exact, .environment, .digest, .draft: nil
    }
  }
}

extension Listed {
  /// The same with another newest version and fewer environments.
  package func showing(_ newest: VersionMark?, _ live: [LiveVersion]) -> Listed {
    Listed(name: name, newest: newest, isOffered: isOffered, live: live)
  }
}

extension EnvironmentView {
  /// The same with fewer prompts.
  package func keeping(_ isKept: (PromptName) -> Bool) -> EnvironmentView {
    EnvironmentView(rule: rule, lock: lock, live: live.filter { isKept($0.name) }, reason: reason)
  }
}
