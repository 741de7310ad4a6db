package import Notation

extension Journal {
  /// How far an entry may be behind the host's clock when it arrives.
  private static let behindLimitSeconds: Int64 = 300

  /// Judges what is being pushed, by the very checks that every reader makes; nil where it may be
  /// let in.
  ///
  /// Replay asks only that time never falls. A host also compares it with its own clock, so that
  /// nobody dates an entry to when it would have been allowed; where there was no entry yet, an old
  /// ledger may move in.
  package func refusal(
    of pushed: [PushedReference], now: Timestamp
  ) throws(LedgerError) -> PushRefusal? {
    guard let main = pushed.first else { return .malformed }
    for reference in pushed where reference.name != ObjectStore.main {
      return .otherReference(reference.name)
    }
    guard let new = main.new else { return .deletion }
    _ = try standing()
    // Where the ledger stood when the push began. If somebody was first meanwhile, git's own
    // comparison refuses it, in words that tell the pusher so.
    let here = if let old = main.old { try store.entry(old) } else { SignedEntry?.none }
    let chain = try Chain.down(from: new, to: here?.digest, in: store)
    if let here, chain.base == nil { return .notForward(newest: here.entry.number) }
    if let broken = try judge(chain).broken { return .broken(broken) }
    guard let first = chain.commits.first, let last = chain.commits.last else { return nil }
    let (oldest, newest) = (try store.entry(first).entry, try store.entry(last).entry)
    let ahead = newest.time.seconds - now.seconds
    if ahead > Self.aheadLimitSeconds { return .clock(entry: newest.number, secondsAhead: ahead) }
    let behind = now.seconds - oldest.time.seconds
    guard here != nil, behind > Self.behindLimitSeconds else { return nil }
    return .clock(entry: oldest.number, secondsAhead: -behind)
  }
}
