import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet pull`: the ledger as the host has it, and drafts brought up to what others published.
struct Pull: Command {
  static let usage = "pull [--dry-run]"
  static let summary = "get what is new from the host and bring the drafts up to it"
  static let details = """
    Fetches, verifies, and sends what an earlier command could not. A draft that began from an \
    older release is then merged three ways; where both changed a line, both stand there between \
    conflict marks, and such a file cannot be published. --dry-run fetches and verifies, and says \
    what would become of the drafts.
    """
  static let examples = """
    stet pull
    """

  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place = try Place.find(session)
    switch effect {
    case .written: try pull(place, session)
    case .shown:
      try session.lookAhead(place) { tip, fetched throws(CommandError) in
        let workspace = try Opened.workspace(of: place, id: tip.entry.ledgerID)
        session.answer(
          Pulled(
            catchups: try workspace.catchups(to: tip.state), entry: tip.state.entry,
            fetched: fetched, effect: .shown))
      }
    }
    return .yes
  }

  private func pull(_ place: Place, _ session: Session) throws(CommandError) {
    let fetched = try session.pull(place)
    let opened = try session.open()
    let folder = try opened.workspace().folder
    let catchups = try Workspace.changing(folder) { workspace throws(CommandError) in
      let catchups = try workspace.catchUp(to: opened.state)
      if !catchups.isEmpty { try workspace.save() }
      return catchups
    }
    session.packIfCluttered(opened.registry)
    session.answer(
      Pulled(catchups: catchups, entry: opened.state.entry, fetched: fetched, effect: .written))
  }
}

/// What a pull did, or would do.
private struct Pulled {
  let catchups: [Catchup]
  let entry: Int
  /// How many entries came; nil where there is no host.
  let fetched: Int?
  let effect: Effect
}

extension Session {
  fileprivate func answer(_ pulled: Pulled) {
    switch console.form {
    case .json:
      console.answer([
        "drafts": .list(pulled.catchups.map(\.value)), "entry": Field.number(pulled.entry),
        "fetched": Field.number(pulled.fetched),
      ])
    case .text:
      if let fetched = pulled.fetched, fetched > 0 {
        let done = pulled.effect == .written ? "fetched" : "would fetch"
        console.answer("\(done) \(fetched) new, up to entry \(pulled.entry)")
      }
      if pulled.catchups.isEmpty { console.answer("every draft is up to date") }
      for catchup in pulled.catchups {
        let start = catchup.draft.start.map { " at \($0)" } ?? ""
        let kind = (pulled.effect == .written ? "" : "would be ") + catchup.kind.rawValue
        console.answer("\(kind)  \(catchup.draft.name)\(start)")
      }
    }
  }
}

extension Session {
  /// Brings the ledger of a place to where its host's is, and makes it first in a workspace that
  /// was checked out without it. How many entries came; nil where there is no host.
  fileprivate func pull(_ place: Place) throws(CommandError) -> Int? {
    guard let upstream = try upstream(of: place) else { return nil }
    guard upstream.isHere else {
      let tip = try fetchLedger(of: place, upstream, .written) { $0 }
      remember(tip.entry, at: place)
      return tip.state.entry
    }
    let registry = try registry(at: place, expectedID: upstream.id)
    let before = try wholeTip(of: registry).entry.entry.number
    return (try pull(registry, from: upstream.remote).tip?.entry.number ?? before) - before
  }

  /// Looks at what `pull` would bring, and moves nothing here.
  fileprivate func lookAhead(
    _ place: Place, _ look: (_ tip: RegistryTip, _ fetched: Int?) throws(CommandError) -> Void
  ) throws(CommandError) {
    guard let upstream = try upstream(of: place) else {
      return try look(try open().tip, nil)
    }
    guard upstream.isHere else {
      return try fetchLedger(of: place, upstream, .shown) { tip throws(CommandError) in
        try look(tip, tip.state.entry)
      }
    }
    let registry = try registry(at: place, expectedID: upstream.id)
    let before = try wholeTip(of: registry)
    let tip = try registryErrors(in: registry.lookAhead(to: upstream.remote) ?? before)
    try look(tip, tip.state.entry - before.state.entry)
  }

  /// Where the ledger of a place comes from; nil where it is here alone.
  private func upstream(of place: Place) throws(CommandError) -> Upstream? {
    guard let folder = place.workspace else { return nil }
    let isHere = try platformErrors(in: FileSystem.exists(place.ledger))
    guard let remote = try remote(of: place) else {
      if isHere { return nil }
      throw .noRemote(folder)
    }
    return Upstream(remote: remote, id: try Workspace.open(folder).record.id, isHere: isHere)
  }

  /// Makes the ledger of a workspace that was checked out without it, and lends it.
  private func fetchLedger<Result>(
    of place: Place, _ upstream: Upstream, _ effect: Effect,
    _ use: (RegistryTip) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    try making(place, at: place.ledger, effect) { staging throws(CommandError) in
      try use(
        try fetchLedger(to: staging.root, from: upstream.remote, upstream.id, effect))
    }
  }
}

/// The host of a workspace, and the ledger that it must have.
private struct Upstream {
  let remote: Remote
  let id: Digest
  /// Whether the ledger is here already.
  let isHere: Bool
}
