import Git
import Platform

/// A git host that many machines share a ledger through: the one place that decides who was first.
package struct Remote: Sendable {
  /// Where it is.
  package let address: RemoteAddress
  /// Who talks to it.
  let caller: GitCaller
  /// What this machine remembers of the ledger there, wherever copies of it lie here.
  let memory: Memory?
  /// Told what happens meanwhile.
  let report: @Sendable (RemoteNews) -> Void

  package init(
    _ address: RemoteAddress, caller: GitCaller, memory: Memory?,
    report: @escaping @Sendable (RemoteNews) -> Void
  ) {
    self.address = address
    self.caller = caller
    self.memory = memory
    self.report = report
  }
}

/// What happens on the way to a host, for whoever waits.
package enum RemoteNews: Sendable {
  /// Entries that came are being verified.
  case verifying(VerificationProgress)
  /// Somebody else was first, so it is decided again.
  case overtaken
  /// The entry is at the host, and could not be put in place here.
  case notTakenOver(LedgerError)
  /// An entry of an earlier command was in the ledger already; its command did not learn of it.
  case hadArrived(SignedEntry)
  /// An entry of an earlier command was sent.
  case sent(SignedEntry)
  /// An entry of an earlier command can no longer be sent, and was thrown away.
  case dropped(SignedEntry, DropReason)

  /// What stands against an entry.
  package enum DropReason: Sendable {
    /// Others have written since.
    case overtaken
    /// The host said no, with these words.
    case refused(words: String)
  }
}

/// What a repository at a host holds.
enum Content {
  /// No reference at all.
  case nothing
  /// The reference that a ledger hangs on, perhaps beside others.
  case main
  /// Other references alone.
  case others
}

/// What came of sending an entry.
enum Delivery: Hashable, Sendable {
  /// It is the newest entry of the host.
  case arrived
  /// The host stands elsewhere than where the entry goes on from.
  case overtaken
  /// A rule of the host said no.
  case refused(words: String)
  /// The host never got it.
  case notSent(RemoteProblem)
  /// It may or may not have arrived.
  case unknown(RemoteProblem)
}

extension Remote {
  /// Where git notes which commit it fetched; no reference of the repository's moves.
  private static let fetched = "FETCH_HEAD"

  /// Brings the host's objects into a repository; returns the commit that its ledger stands at, or
  /// nil where the host has none.
  func fetch(into store: ObjectStore) throws(LedgerError) -> ObjectID? {
    // The oldest protocol asks least often: the host speaks first, and needs no second question.
    let outcome = try git(store).run([
      "-c", "protocol.version=0", "-c", "fetch.unpackLimit=1", "-c", "fetch.writeCommitGraph=false",
      "fetch", "--progress",
      "--no-tags", "--no-auto-maintenance", "--no-recurse-submodules", "--no-prune", "--refmap=",
      "--", address.text, ObjectStore.main,
    ])
    let talk = GitTalk(outcome.errorText)
    if outcome.ending.isSuccess { return try store.reference(Self.fetched) }
    if talk.lacksReference { return nil }
    throw failure(talk, store)
  }

  /// Asks the host to move its `main` to a commit that follows where it stands.
  ///
  /// The host compares and swaps: no force is used, so what others wrote is never lost.
  func push(_ id: ObjectID, from store: ObjectStore) throws(LedgerError) -> Delivery {
    let outcome: Outcome
    do throws(LedgerError) {
      outcome = try git(store).run([
        "-c", "push.pushOption=", "push", "--porcelain", "--progress", "--no-verify", "--no-signed",
        "--no-follow-tags", "--recurse-submodules=no", "--", address.text,
        "\(id.hex):\(ObjectStore.main)",
      ])
    } catch {
      guard case .platform(.timedOut(_, let seconds)) = error else { throw error }
      return .unknown(.lost(words: "nothing was heard for \(seconds) seconds"))
    }
    let talk = GitTalk(outcome.errorText)
    if let status = PushStatus(outcome.outputText) { return status.delivery(talk) }
    return switch talk.problem {
    case .unreachable, .noRepository, .needsPassword, .denied, .changedHostKey, .unknownHostKey:
      .notSent(talk.problem)
    case .lost, .failed, .empty, .noLedger, .taken, .refused, .overtaken, .unsettled,
      .perhapsShared,
      .strayed:
      .unknown(talk.problem)
    }
  }

  /// What the repository at the host holds; it must be there.
  func content(_ store: ObjectStore) throws(LedgerError) -> Content {
    let outcome = try git(store).run(["ls-remote", "--", address.text])
    guard outcome.ending.isSuccess else { throw failure(GitTalk(outcome.errorText), store) }
    let names = outcome.outputText.split(separator: "\n").map { $0.split(separator: "\t").last }
    if names.isEmpty { return .nothing }
    return names.contains(ObjectStore.main[...]) ? .main : .others
  }

  /// Keeps in mind what was verified of the ledger there; a machine that cannot has said so of the
  /// copy already.
  func remember(_ entry: SignedEntry) { try? memory?.remember(Remembered(entry)) }

  /// Keeps in mind a ledger that has just begun there, whatever was there before.
  func begin(with entry: SignedEntry) { try? memory?.begin(with: Remembered(entry)) }

  private func git(_ store: ObjectStore) -> GitProgram {
    GitProgram(folder: store.path, caller: caller)
  }

  private func failure(_ talk: GitTalk, _ store: ObjectStore) -> LedgerError {
    talk.isFull ? .platform(.full(subject: store.path)) : .remote(address, talk.problem)
  }
}

/// The line of `push --porcelain` about our one reference: a flag, the reference, and a summary.
private struct PushStatus {
  private let flag: Substring
  private let summary: Substring

  /// What a host says when somebody else moved the reference between its answer and ours.
  private static let overtaken = [
    "failed to update ref", "cannot lock ref", "fetch first", "non-fast-forward", "stale info",
    "incorrect old value provided", "reference already exists",
  ]

  /// Nil where git never heard what became of it.
  init?(_ output: String) {
    let rows = output.split(separator: "\n").map { $0.split(separator: "\t") }
    guard let row = rows.first(where: { $0.count == 3 && $0[1].hasSuffix(":\(ObjectStore.main)") }),
      !row[2].hasPrefix("[remote failure]")
    else { return nil }
    (flag, summary) = (row[0], row[2])
  }

  func delivery(_ talk: GitTalk) -> Delivery {
    if flag != "!" { return .arrived }
    let isOvertaken = Self.overtaken.contains { summary.contains($0) }
    if isOvertaken && !talk.isHostFull { return .overtaken }
    let reason = summary.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
    return .refused(words: talk.hostsWords.isEmpty ? String(reason) : talk.hostsWords)
  }
}
