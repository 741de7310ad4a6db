import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet pull`: the ledger as the host has it, and drafts brought up to what others published.
struct Pull: Command {
  static let usage = "pull"
  static let summary = "get what is new from the host and bring the drafts up to it"
  static let details = """
    Fetches, verifies, and sends what an earlier command could not. A draft that began from an \
    older release is then merged three ways; where both changed a line, both stand there between \
    conflict marks, and such a file cannot be published.
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place = try Place.find(session)
    let fetched = try session.pull(place)
    let opened = try session.open()
    let folder = try opened.workspace().folder
    let catchups = try Workspace.changing(folder) { workspace throws(CommandError) in
      let catchups = try workspace.catchUp(to: opened.state)
      if !catchups.isEmpty { try workspace.save() }
      return catchups
    }
    session.packIfCluttered(opened.registry)
    switch session.console.form {
    case .json:
      session.console.answer([
        "drafts": .list(catchups.map(\.value)), "entry": .number(Double(opened.state.entry)),
        "fetched": fetched.map { .number(Double($0)) } ?? .null,
      ])
    case .text:
      if let fetched, fetched > 0 {
        session.console.answer("fetched \(fetched) new, up to entry \(opened.state.entry)")
      }
      if catchups.isEmpty { session.console.answer("every draft is up to date") }
      for catchup in catchups {
        let start = catchup.draft.start.map { " at \($0)" } ?? ""
        session.console.answer("\(catchup.kind.rawValue)  \(catchup.draft.name)\(start)")
      }
    }
    return .yes
  }
}

extension Session {
  /// Brings the ledger of a place to where its host's is, and makes it first in a workspace that
  /// was checked out without it. How many entries came; nil where there is no host.
  fileprivate func pull(_ place: Place) throws(CommandError) -> Int? {
    guard let folder = place.workspace else { return nil }
    let remote = try remote(of: place)
    let isThere = try platformErrors { () throws(PlatformError) in
      try FileSystem.exists(place.ledger)
    }
    guard let remote else {
      if isThere { return nil }
      throw .noRemote(folder)
    }
    let id = try Workspace.open(folder).record.id
    guard isThere else { return try fetchLedger(of: place, from: remote, id) }
    let registry = try registry(at: place, expectedID: id)
    let before = try newestTip(of: registry).entry.entry.number
    return (try pull(registry, from: remote).tip?.entry.number ?? before) - before
  }

  /// Makes the ledger of a workspace that was checked out without it; returns how many entries
  /// came.
  private func fetchLedger(
    of place: Place, from remote: Remote, _ id: Digest
  ) throws(CommandError) -> Int {
    let staging = place.staged(Random.hex(8))
    do throws(CommandError) {
      let tip = try fetchLedger(to: staging.root, from: remote, expectedID: id)
      try platformErrors { () throws(PlatformError) in
        try FileSystem.move(staging.root, to: place.ledger)
      }
      remember(tip.entry, at: place)
      return tip.state.entry
    } catch {
      try? FileSystem.removeTree(staging.root)  // why it failed matters more
      throw error
    }
  }
}
