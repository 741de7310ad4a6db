import PromptRegistry

extension Workspace {
  /// What bringing every draft up to what is published would do.
  func catchups(to state: State) throws(CommandError) -> [Catchup] {
    let drafts = try files.drafts()
    return try registryErrors(in: state.catchups(of: drafts))
  }

  /// Brings every draft up to what is published, merging what both changed; returns what was done.
  /// The record is changed and not saved.
  mutating func catchUp(to state: State) throws(CommandError) -> [Catchup] {
    let catchups = try catchups(to: state)
    try files.write(catchups.map(\.draft))
    try files.writeChangelogs(of: catchups.map(\.draft.name), state)
    for catchup in catchups {
      record.drafts[catchup.draft.name] = catchup.draft.start
    }
    return catchups
  }

  /// Notes of drafts that are the newest release byte for byte that they begin from it, and writes
  /// their changelogs, as whoever published them would have if nothing had stopped him.
  mutating func settle(_ drafts: [Draft], to state: State) throws(CommandError) {
    let starts = try registryErrors(in: state.starts(ofPublished: drafts))
    guard !starts.isEmpty else { return }
    self = try Self.changing(folder) { workspace throws(CommandError) in
      workspace.record.drafts.merge(starts) { $1 }
      try workspace.save(withChangelogsOf: starts.keys.sorted(), state)
      return workspace
    }
  }
}
